package koinon.platform.openapi;

import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a request may be refused, whichever operation it is for. Nothing has changed then, except where it says so.
enum Refusal {
    INVALID(400, "What was sent is not understood; `violations` names everything that is wrong."),
    NO_TOKEN(401, "A valid token is needed, or the one that was sent is not valid.", "WWW-Authenticate"),
    FORBIDDEN(403, "The mandates of the caller do not allow it; `type` says why."),
    NOT_FOUND(404, "There is nothing here, or nothing that the caller may see."),
    NOT_ACCEPTABLE(406, "None of the media types in Accept can be given."),
    RULE(409, "A rule of the domain forbids it; `type` names the rule."),
    STALE(412, "It has changed since the version in If-Match."),
    TOO_LARGE(413, "The body is larger than what is taken here."),
    MEDIA_TYPE(415, "This media type is not read here.", "Accept"),
    KEY_REUSED(422, "This Idempotency-Key was used for another request."),
    NO_VERSION(428, "If-Match is needed, so that nobody's change is lost."),
    TOO_OFTEN(429, "The caller asks too often; every answer says in RateLimit how much is left.", "Retry-After"),
    UNAVAILABLE(
            503,
            "Not possible at the moment. Where it is unknown whether something has changed, `detail` says so: send the"
                    + " same again with the same Idempotency-Key.",
            "Retry-After");

    private static final String PROBLEM_JSON = "application/problem+json";

    private final int status;
    private final String description;
    private final @Nullable String header;

    Refusal(int status, String description) {
        this(status, description, null);
    }

    Refusal(int status, String description, @Nullable String header) {
        this.status = status;
        this.description = description;
        this.header = header;
    }

    String status() {
        return String.valueOf(status);
    }

    /// Under which name the description keeps it.
    String key() {
        return "Refused" + status;
    }

    ApiResponse response(String schema) {
        var response = new ApiResponse()
                .description(description)
                .content(new Content()
                        .addMediaType(
                                PROBLEM_JSON,
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + schema))));
        if (header != null) response.addHeaderObject(header, new Header().schema(new StringSchema()));
        return response;
    }

    /// What can befall an operation.
    ///
    /// @param reads whether it changes nothing
    /// @param judges whether it depends on who asks
    /// @param commands whether it changes an aggregate
    /// @param replaces whether it needs a version
    static Set<Refusal> of(boolean reads, boolean judges, boolean commands, boolean replaces) {
        var all = EnumSet.of(INVALID, NO_TOKEN, NOT_FOUND, NOT_ACCEPTABLE, TOO_LARGE, TOO_OFTEN, UNAVAILABLE);
        if (judges) all.add(FORBIDDEN);
        if (!reads) all.addAll(Set.of(RULE, MEDIA_TYPE));
        if (commands) all.addAll(Set.of(STALE, KEY_REUSED));
        if (replaces) all.add(NO_VERSION);
        return all;
    }
}
