package koinon.projects.project.event;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import koinon.eventing.redaction.FreeText;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.rule.ValidationFailed.Violation;
import org.jspecify.annotations.Nullable;

/// Evidence of a report: a document that lies elsewhere.
///
/// @param link https
/// @param checksum SHA-256 of its content, 64 digits 0-9 and a-f; absent when unknown
/// @param mediaType such as `application/pdf`; absent when unknown
public record Evidence(
        @FreeText String title,
        @FreeText String link,
        @Nullable String checksum,
        @Nullable String mediaType) {

    /// Of one report.
    public static final int MOST = 20;

    public static final int LONGEST_TITLE = 200;
    public static final int LONGEST_LINK = 2_000;
    public static final String CHECKSUM = "[0-9a-f]{64}";
    public static final int LONGEST_MEDIA_TYPE = 100;

    private static final Pattern CHECKSUMS = Pattern.compile(CHECKSUM);
    private static final Pattern MEDIA_TYPES = Pattern.compile("[a-z]{1,20}/[a-z0-9][a-z0-9.+-]{0,78}");

    /// @throws ValidationFailed with every violation
    public static void check(List<Evidence> all) {
        List<Violation> violations = new ArrayList<>();
        if (all.size() > MOST)
            violations.add(new Violation("/evidence", "validation.at-most", "At most %s are allowed.", "max", MOST));
        for (int i = 0; i < all.size(); i++) all.get(i).check("/evidence/" + i, violations);
        if (!violations.isEmpty()) throw new ValidationFailed(violations);
    }

    private void check(String pointer, List<Violation> violations) {
        ValidationFailed.collect("", () -> Bounds.line(pointer + "/title", title, LONGEST_TITLE), violations);
        if (link.length() > LONGEST_LINK || !isHttps(link))
            violations.add(new Violation(
                    pointer + "/link",
                    "validation.link",
                    "A link that begins with https:// is expected, of at most %s characters.",
                    "max",
                    LONGEST_LINK));
        if (checksum != null && !CHECKSUMS.matcher(checksum).matches())
            violations.add(new Violation(
                    pointer + "/checksum", "validation.checksum", "A SHA-256 of 64 digits 0-9 and a-f is expected."));
        if (mediaType != null && !MEDIA_TYPES.matcher(mediaType).matches())
            violations.add(new Violation(
                    pointer + "/mediaType",
                    "validation.media-type",
                    "A media type such as application/pdf is expected."));
    }

    /// The name of its user would show in a link, and its password.
    private static boolean isHttps(String link) {
        try {
            URI uri = new URI(link);
            return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
