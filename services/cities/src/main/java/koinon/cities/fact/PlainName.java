package koinon.cities.fact;

import com.ibm.icu.text.Transliterator;
import java.util.HexFormat;
import java.util.Locale;

/// A name in plain letters, so that different spellings compare as equal, and the part of an id that it gives.
public final class PlainName {

    private static final int LONGEST_SLUG = 90;

    /// Any script that CLDR transliterates, without case and accents. The soft sign of Cyrillic has no sound of its
    /// own;
    /// its hard sign, and alef and ayin, are vowels. The letters that follow belong to living languages, and
    /// `Latin-ASCII` leaves them as they are.
    private static final String RULES = """
            ::NFKC;
            [אע] > a;
            ں > n;
            ऄ > a;
            ::Any-Latin;
            ʹ > ;
            [ʺʾʿ] > a;
            ::Latin-ASCII;
            ::NFKD;
            ::[[:M:]&[:Script=Inherited:]] Remove;
            ::[:Default_Ignorable_Code_Point:] Remove;
            ::NFC;
            ::Lower;
            [əǝ] > e;
            [ɔɵ] > o;
            [ʊɯ] > u;
            ɩ > i;
            [ʌɑ] > a;
            ɣ > g;
            ʒ > z;
            ʃ > s;
            """;

    private PlainName() {}

    /// Made when the first name needs it: that takes half a second.
    private static final class Made {
        static final Transliterator PLAIN = Transliterator.createFromRules("plain", RULES, Transliterator.FORWARD);
    }

    /// The name without case, accents and other marks, in Latin letters where its script has a transliteration.
    public static String of(String name) {
        return name.chars().allMatch(it -> it < 0x80) ? name.toLowerCase(Locale.ROOT) : Made.PLAIN.transliterate(name);
    }

    /// The part of an id that comes from a name: of `a-z`, `0-9` and single hyphens, 1 to 90 characters.
    ///
    /// A letter without transliteration is written as its code point, so that it is not lost; so is every character
    /// of a name without letters and digits. What exceeds the length is written as a digest.
    public static String slug(String name) {
        String slug = dashed(of(name), false);
        if (slug.isEmpty()) slug = dashed(name, true);
        if (slug.length() <= LONGEST_SLUG) return slug;
        String digest = HexFormat.of().toHexDigits(slug.hashCode());
        return slug.substring(0, LONGEST_SLUG - digest.length() - 1).replaceAll("-$", "") + "-" + digest;
    }

    private static String dashed(String plain, boolean everything) {
        StringBuilder dashed = new StringBuilder();
        plain.codePoints().forEach(it -> {
            if ((it >= 'a' && it <= 'z') || (it >= '0' && it <= '9')) dashed.appendCodePoint(it);
            else if (everything || isWritten(it)) dashed.append("-u%x-".formatted(it));
            else dashed.append('-');
        });
        return dashed.toString().replaceAll("-+", "-").replaceAll("^-|-$", "");
    }

    private static boolean isWritten(int character) {
        return Character.isLetterOrDigit(character)
                || switch (Character.getType(character)) {
                    case Character.NON_SPACING_MARK,
                            Character.COMBINING_SPACING_MARK,
                            Character.ENCLOSING_MARK,
                            Character.LETTER_NUMBER,
                            Character.OTHER_NUMBER -> true;
                    default -> false;
                };
    }
}
