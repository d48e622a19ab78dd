package koinon.http.openapi;

import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The problems that any operation may answer. The request has changed nothing then, unless the description says
/// so. Which of them an operation may answer follows from its arguments; as `@ApiResponse`s they would stand at each.
enum DocumentedProblem {
    INVALID(
            400,
            "The request is invalid; `violations` lists every error of a body, every parameter that is unknown here,"
                    + " repeated or without a value, or what is wrong with a value or a header. `after` is the `next` of"
                    + " a page that was asked with the same path and parameters."),
    NO_TOKEN(401, "A valid token is needed, or the one that was sent is not valid.", "WWW-Authenticate"),
    FORBIDDEN(403, "The mandates of the caller do not allow it; `type` says why."),
    NOT_FOUND(404, "Not found, or not visible to the caller."),
    NOT_ACCEPTABLE(406, "None of the media types in Accept is available."),
    RULE(409, "A rule of the domain forbids it; `type` names the rule."),
    STALE(412, "It has changed since the version or the ETag in If-Match."),
    TOO_LARGE(413, "The body is larger than the limit."),
    MEDIA_TYPE(415, "This media type is not read here.", "Accept"),
    KEY_REUSED(422, "This Idempotency-Key was used with another request."),
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

    DocumentedProblem(int status, String description) {
        this(status, description, null);
    }

    DocumentedProblem(int status, String description, @Nullable String header) {
        this.status = status;
        this.description = description;
        this.header = header;
    }

    String status() {
        return String.valueOf(status);
    }

    /// Its name in the components of the description.
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

    /// The problems of an operation.
    ///
    /// @param reads whether it changes nothing
    /// @param judges whether it depends on who asks
    /// @param commands whether it changes an aggregate
    /// @param replaces whether it needs a version
    static Set<DocumentedProblem> of(boolean reads, boolean judges, boolean commands, boolean replaces) {
        var all = EnumSet.of(INVALID, NO_TOKEN, NOT_FOUND, NOT_ACCEPTABLE, TOO_LARGE, TOO_OFTEN, UNAVAILABLE);
        if (judges) all.add(FORBIDDEN);
        if (!reads) all.addAll(Set.of(RULE, MEDIA_TYPE));
        if (commands) all.addAll(Set.of(STALE, KEY_REUSED));
        if (replaces) all.add(NO_VERSION);
        return all;
    }
}
