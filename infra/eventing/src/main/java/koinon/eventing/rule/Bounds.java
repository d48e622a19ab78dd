package koinon.eventing.rule;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import koinon.eventing.value.Money;
import koinon.eventing.value.Texts;
import org.jspecify.annotations.Nullable;

/// The bounds of values that people enter. Aggregates check them, so that they hold whatever reads the request.
///
/// Each method returns the value that is within its bound, and throws [ValidationFailed] with the pointer
/// otherwise.
public final class Bounds {

    /// The most characters of a reason.
    public static final int LONGEST_REASON = 2_000;

    /// The most characters of a link.
    public static final int LONGEST_LINK = 2_000;

    /// The most characters of a media type.
    public static final int LONGEST_MEDIA_TYPE = 100;

    /// A regular expression of the SHA-256 of a file.
    public static final String CHECKSUM = "[0-9a-f]{64}";

    private static final Pattern CHECKSUMS = Pattern.compile(CHECKSUM);
    private static final Pattern MEDIA_TYPES = Pattern.compile("[a-z]{1,20}/[a-z0-9][a-z0-9.+-]{0,78}");

    private static final int FRACTION_DECIMALS = 4;

    private Bounds() {}

    /// A text of one line that shows something and has at most so many characters.
    public static String line(String pointer, @Nullable String text, int most) {
        return shown(pointer, text(pointer, text, most, false));
    }

    /// The same of several lines.
    public static String text(String pointer, @Nullable String text, int most) {
        return shown(pointer, text(pointer, text, most, true));
    }

    /// A text of several lines that may be empty.
    public static String atMost(String pointer, @Nullable String text, int most) {
        return text(pointer, text, most, true);
    }

    private static String shown(String pointer, String text) {
        if (text.isEmpty()) throw new ValidationFailed(pointer, "validation.required", "This is required.");
        return text;
    }

    /// As it is stored ([Texts#normal]).
    private static String text(String pointer, @Nullable String text, int most, boolean severalLines) {
        if (text == null) throw new ValidationFailed(pointer, "validation.required", "This is required.");
        Texts.flaw(text, severalLines).ifPresent(it -> {
            throw new ValidationFailed(pointer, it);
        });
        String normal = Texts.normal(text);
        if (Texts.length(normal) > most)
            throw new ValidationFailed(
                    pointer, "validation.characters", "At most %s characters are allowed.", "max", most);
        return normal;
    }

    /// The reason of a decision.
    public static String reason(@Nullable String reason) {
        return text("/reason", reason, LONGEST_REASON);
    }

    /// A link that begins with https:// and names no user: it would show a name and a password.
    public static String link(String pointer, String link) {
        if (link.length() > LONGEST_LINK || !isHttps(link))
            throw new ValidationFailed(
                    pointer,
                    "validation.link",
                    "A link that begins with https:// is expected, of at most %s characters.",
                    "max",
                    LONGEST_LINK);
        return link;
    }

    private static boolean isHttps(String link) {
        try {
            URI uri = new URI(link);
            return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    /// The SHA-256 of a file; absent where it is not known.
    public static @Nullable String checksum(String pointer, @Nullable String checksum) {
        if (checksum != null && !CHECKSUMS.matcher(checksum).matches())
            throw new ValidationFailed(
                    pointer, "validation.checksum", "A SHA-256 of 64 digits 0-9 and a-f is expected.");
        return checksum;
    }

    /// The media type of a file; absent where it is not known.
    public static @Nullable String mediaType(String pointer, @Nullable String mediaType) {
        if (mediaType != null && !MEDIA_TYPES.matcher(mediaType).matches())
            throw new ValidationFailed(
                    pointer, "validation.media-type", "A media type such as application/pdf is expected.");
        return mediaType;
    }

    /// A part of one: from 0 to 1, with at most four decimals.
    public static BigDecimal fraction(String pointer, @Nullable BigDecimal value) {
        if (value == null
                || value.signum() < 0
                || value.compareTo(BigDecimal.ONE) > 0
                || value.stripTrailingZeros().scale() > FRACTION_DECIMALS)
            throw new ValidationFailed(
                    pointer, "validation.fraction", "A number from 0 to 1 with at most four decimals is expected.");
        return value;
    }

    /// An amount that a person can have entered: not negative, and below the bound of its currency.
    public static Money amount(String pointer, @Nullable Money money) {
        if (money == null) throw new ValidationFailed(pointer, "validation.required", "This is required.");
        if (money.isNegative())
            throw new ValidationFailed(pointer + "/amount", "validation.amount-negative", "An amount is not negative.");
        if (money.isBeyondEntry()) throw new ValidationFailed(pointer + "/amount", money.entryBound());
        return money;
    }
}
