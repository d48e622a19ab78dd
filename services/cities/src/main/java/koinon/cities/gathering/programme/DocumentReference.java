package koinon.cities.gathering.programme;

import java.util.regex.Pattern;
import koinon.cities.Violations;
import koinon.cities.fact.LocalName;
import koinon.cities.fact.Source;
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

    private static final Pattern CHECKSUM = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z]{1,20}/[a-z0-9][a-z0-9.+-]{0,99}");

    public void check(Violations violations) {
        violations.id("document", id);
        violations.line("/title", title, LocalName.LONGEST);
        Source.checkLink("/link", link, violations);
        if (checksum != null && !CHECKSUM.matcher(checksum).matches())
            violations.wrong("/checksum", "validation.checksum", "A SHA-256 of 64 digits 0-9 and a-f is expected.");
        if (mediaType != null && !MEDIA_TYPE.matcher(mediaType).matches())
            violations.wrong(
                    "/mediaType", "validation.media-type", "A media type such as application/pdf is expected.");
    }
}
