package koinon.http.constraint;

import koinon.eventing.value.Texts;

/// How single values are written, as patterns that mean the same in a schema (ECMA 262) and in Java.
public final class Formats {

    /// A text of one line: what no text contains, or what shows nothing, is refused ([Texts#flaw]).
    public static final String LINE = optional(false);

    /// A text of one line that shows something.
    public static final String LINE_NOT_BLANK = required(false);

    /// A text of several lines.
    public static final String LINES = optional(true);

    /// A text of several lines that shows something.
    public static final String LINES_NOT_BLANK = required(true);

    private static final String BLANKS = "\\t\\n \\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000";

    private static final String SHOWS_SOMETHING = "[\\n" + Texts.UNSEEN + "]*[^\\n" + Texts.UNSEEN + "]";

    private static final String DAY_OF_YEARS = "(?:19|2[0-9])[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])";

    /// A decimal that is not negative, as text.
    public static final String DECIMAL = "^[0-9]{1,15}(?:[.][0-9]{1,14})?$";

    /// A day of the years 1900 to 2999: beyond lies none of a project, and further on none that a database can
    /// store.
    public static final String DAY = "^" + DAY_OF_YEARS + "$";

    /// A time of such a day, without an offset.
    public static final String LOCAL_TIME =
            "^" + DAY_OF_YEARS + "T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,9})?)?$";

    private Formats() {}

    private static String required(boolean severalLines) {
        return text(SHOWS_SOMETHING, severalLines);
    }

    private static String optional(boolean severalLines) {
        return text("[" + BLANKS + "]*$|" + SHOWS_SOMETHING, severalLines);
    }

    private static String text(String ahead, boolean severalLines) {
        return "^(?=" + ahead + ")[^" + Texts.NEVER + (severalLines ? "" : Texts.LINE_BREAK) + "]*$";
    }
}
