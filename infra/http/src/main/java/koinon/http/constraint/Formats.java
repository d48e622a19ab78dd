package koinon.http.constraint;

/// How single values are written, as patterns that mean the same in a schema (ECMA 262) and in Java.
public final class Formats {

    private static final String CONTROLS = "\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f";

    /// What [String#strip] takes away, controls left out.
    private static final String BLANKS = "\\t\\n\\r \\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000";

    private static final String DAY_OF_YEARS = "(?:19|2[0-9])[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])";

    /// A text: no control characters except tabs and line breaks.
    public static final String TEXT = "^[^" + CONTROLS + "]*$";

    /// A text that is not blank.
    public static final String TEXT_NOT_BLANK =
            "^[^" + CONTROLS + "]*[^" + CONTROLS + BLANKS + "][^" + CONTROLS + "]*$";

    /// A decimal that is not negative, as text.
    public static final String DECIMAL = "^[0-9]{1,15}(?:[.][0-9]{1,14})?$";

    /// A day of the years 1900 to 2999: beyond lies none of a project, and further on none that a database can
    /// store.
    public static final String DAY = "^" + DAY_OF_YEARS + "$";

    /// A time of such a day, without an offset.
    public static final String LOCAL_TIME =
            "^" + DAY_OF_YEARS + "T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,9})?)?$";

    private Formats() {}
}
