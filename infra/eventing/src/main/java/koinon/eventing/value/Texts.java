package koinon.eventing.value;

import java.text.Normalizer;
import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a text that a person writes may contain, how it is stored, and how long it is.
///
/// The classes of characters are parts of patterns that mean the same in Java and in a schema (ECMA 262), where they
/// stand between brackets.
public final class Texts {

    /// What no text contains: controls except for tab and line feed, other line breaks, what changes the direction of
    /// the text around it, marks of a byte order, and noncharacters.
    public static final String NEVER = "\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2061-\\u206f"
            + "\\ufdd0-\\ufdef\\ufeff\\ufff9-\\ufffb\\ufffe\\uffff";

    /// What ends a line in a text of several lines.
    public static final String LINE_BREAK = "\\n";

    /// What may stand in a text, but shows nothing: blanks, and what only acts on the characters around it.
    public static final String UNSEEN =
            "\\t \\u00a0\\u00ad\\u034f\\u061c\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180f"
                    + "\\u2000-\\u200f\\u202f\\u205f\\u2060\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\uffa0";

    /// Halves of surrogate pairs, tags, which are invisible copies of other characters, and the noncharacters of
    /// further planes. Not every reader of a schema understands a pattern that names them.
    private static final String NEVER_EITHER = IntStream.rangeClosed(1, 16)
            .mapToObj("\\x{%XFFFE}\\x{%1$XFFFF}"::formatted)
            .collect(Collectors.joining("", "\\ud800-\\udfff\\x{E0000}-\\x{E00FF}\\x{E01F0}-\\x{E0FFF}", ""));

    private static final String UNSEEN_EITHER =
            "\\x{1BCA0}-\\x{1BCA3}\\x{1D159}\\x{1D173}-\\x{1D17A}\\x{E0100}-\\x{E01EF}";

    private static final Pattern RANGE =
            Pattern.compile("(ONE)(?:-(ONE))?".replace("ONE", "\\\\u[0-9a-f]{4}|\\\\x\\{[0-9A-F]+}|\\\\[nt]|[^\\\\]"));

    // Sets of code points, because a pattern compares each character with each range, in texts of any length.
    private static final BitSet REFUSED = codePoints(NEVER + NEVER_EITHER);
    private static final BitSet INVISIBLE = codePoints(UNSEEN + UNSEEN_EITHER + LINE_BREAK);

    private Texts() {}

    /// What is wrong with a text, with the place of the first character that is wrong; empty if nothing is.
    ///
    /// @param severalLines whether it may have line breaks
    public static Optional<Sentence> flaw(String text, boolean severalLines) {
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at)))
            if (isRefused(text.codePointAt(at), severalLines)) return Optional.of(flaw(text, at));
        return !stripped(text).isEmpty() && showsNothing(text)
                ? Optional.of(Sentence.of(
                        "validation.shows-nothing",
                        "This text shows nothing: it consists of blanks and invisible characters."))
                : Optional.empty();
    }

    private static boolean isRefused(int character, boolean severalLines) {
        return REFUSED.get(character) || (character == '\n' && !severalLines);
    }

    private static Sentence flaw(String text, int at) {
        int character = text.codePointAt(at);
        int place = text.codePointCount(0, at) + 1;
        String name = name(character);
        if (character == '\n')
            return Sentence.of(
                    "validation.line-break",
                    "Character %s is a line break, and this is a text of one line.",
                    "place",
                    place);
        if (Pattern.matches("\\R", Character.toString(character)))
            return Sentence.of(
                    "validation.line-feed",
                    "Character %s is %s. Write a line break as U+000A LINE FEED alone.",
                    "place",
                    place,
                    "character",
                    name);
        return Sentence.of(
                "validation.character",
                "Character %s is %s, which a text must not contain. Leave it out.",
                "place",
                place,
                "character",
                name);
    }

    private static String name(int character) {
        String code = "U+%04X".formatted(character);
        return Character.getType(character) == Character.SURROGATE
                ? code + " HALF OF A SURROGATE PAIR"
                : Character.getType(character) == Character.UNASSIGNED
                        ? code + " NONCHARACTER"
                        : code + " " + Character.getName(character);
    }

    /// Whether nobody would see it.
    public static boolean showsNothing(String text) {
        return text.codePoints().allMatch(INVISIBLE::get) || stripped(text).isEmpty();
    }

    /// The text as it is stored: without blanks at its ends, in Unicode normal form C.
    public static String normal(String text) {
        return Normalizer.normalize(stripped(text), Normalizer.Form.NFC);
    }

    private static String stripped(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) start++;
        while (end > start && isBlank(text.charAt(end - 1))) end--;
        return text.substring(start, end);
    }

    private static boolean isBlank(char it) {
        return Character.isWhitespace(it) || Character.isSpaceChar(it);
    }

    /// The length as a schema counts it: code points in normal form C.
    public static int length(String text) {
        String normal = Normalizer.normalize(text, Normalizer.Form.NFC);
        return normal.codePointCount(0, normal.length());
    }

    /// A text of unknown origin that is safe to send: what no text contains becomes U+FFFD, and what exceeds the
    /// bound an ellipsis.
    public static String shown(String text, int most) {
        StringBuilder safe = new StringBuilder();
        text.codePoints()
                .limit(most)
                .map(it -> isRefused(it, false) ? 0xfffd : it)
                .forEach(safe::appendCodePoint);
        return text.codePointCount(0, text.length()) <= most ? safe.toString() : safe + "...";
    }

    /// The code points of a class of characters.
    private static BitSet codePoints(String characterClass) {
        var codePoints = new BitSet();
        Matcher ranges = RANGE.matcher(characterClass);
        while (ranges.find()) {
            int first = codePoint(ranges.group(1));
            codePoints.set(first, (ranges.group(2) == null ? first : codePoint(ranges.group(2))) + 1);
        }
        return codePoints;
    }

    private static int codePoint(String escaped) {
        if (!escaped.startsWith("\\")) return escaped.codePointAt(0);
        return switch (escaped.charAt(1)) {
            case 'n' -> '\n';
            case 't' -> '\t';
            default -> Integer.parseInt(escaped.replaceAll("^..|[{}]", ""), 16);
        };
    }
}
