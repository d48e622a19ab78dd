package koinon.cities.gathering.programme;

import koinon.cities.Violations;
import koinon.cities.fact.LocalName;
import koinon.eventing.redaction.FreeText;
import org.jspecify.annotations.Nullable;

/// A document of a gathering, which lies elsewhere.
///
/// @param id unique within the gathering
/// @param link https
/// @param checksum SHA-256 of its content, 64 hexadecimal digits; absent when unknown
/// @param mediaType `application/pdf`; absent when unknown
public record DocumentReference(
        String id,
        @FreeText String title,
        String link,
        @Nullable String checksum,
        @Nullable String mediaType) {

    public void check(Violations violations) {
        violations.id("document", id);
        violations.line("/title", title, LocalName.LONGEST);
        violations.link("/link", link);
        violations.file("", checksum, mediaType);
    }
}
