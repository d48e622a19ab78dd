package koinon.cities.fact;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import koinon.cities.Violations;
import koinon.eventing.redaction.FreeText;
import org.jspecify.annotations.Nullable;

/// Where a fact comes from.
///
/// @param date when it was published; absent when unknown
/// @param link https; absent when there is none
public record Source(
        @FreeText String text,
        @Nullable LocalDate date,
        @Nullable String link) {

    public static final int LONGEST = 500;
    public static final int LONGEST_LINK = 2000;

    /// @param pointer JSON pointer of the source in the request
    public void check(String pointer, Violations violations) {
        violations.line(pointer + "/text", text, LONGEST);
        if (link != null) checkLink(pointer + "/link", link, violations);
    }

    public static void checkLink(String pointer, String link, Violations violations) {
        if (link.length() > LONGEST_LINK || !isHttps(link))
            violations.wrong(
                    pointer,
                    "validation.link",
                    "A link that begins with https:// is expected, of at most %s characters.",
                    "max",
                    LONGEST_LINK);
    }

    private static boolean isHttps(String link) {
        try {
            URI uri = new URI(link);
            return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
