package koinon.gateway.collation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.ibm.icu.text.Collator;
import com.ibm.icu.util.ULocale;

/// Sorts texts of any language as people expect: by the root of Unicode's collation (CLDR), which compares letters
/// first, then accents, then case.
public final class RootCollation {

    private static final Collator COLLATOR = Collator.getInstance(ULocale.ROOT).freeze();

    private RootCollation() {}

    /// The key of a text: two keys compare, as strings, as their texts do. A list keeps it, because making it costs
    /// much more than comparing it. Each character is a byte.
    public static String key(String text) {
        byte[] key = COLLATOR.getCollationKey(text).toByteArray();
        // The last byte ends every key.
        return new String(key, 0, key.length - 1, ISO_8859_1);
    }
}
