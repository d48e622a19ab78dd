package koinon.projects.project.event;

import java.util.ArrayList;
import java.util.List;
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
        ValidationFailed.collect("", () -> Bounds.link(pointer + "/link", link), violations);
        ValidationFailed.collect("", () -> Bounds.checksum(pointer + "/checksum", checksum), violations);
        ValidationFailed.collect("", () -> Bounds.mediaType(pointer + "/mediaType", mediaType), violations);
    }
}
