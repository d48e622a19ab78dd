package koinon.http.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import koinon.eventing.command.CommandResult;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/// Writes the responses of commands and reads.
///
/// A [CommandResult] becomes 201 with `Location`, or 200, with `Koinon-Position` and `ETag: "<version>"`, which the
/// next command can send in `If-Match` and which matches no read. A [VersionedView] is serialised once and sent
/// with `ETag: "<version>-<hash of these bytes>"`, or as 304 if the caller has these bytes.
@RestControllerAdvice
public final class CommandResultAdvice implements ResponseBodyAdvice<Object> {

    private static final int HASH_CHARACTERS = 22;

    private final JsonMapper json;

    CommandResultAdvice(JsonMapper json) {
        this.json = json;
    }

    /// The body of a command's response.
    ///
    /// @param id of what was created or changed
    /// @param position of its last event, `<aggregate>/<id>/<sequence>`; also in `Koinon-Position`
    public record Done(String id, String position) {}

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        var type = returned.getParameterType();
        return type == CommandResult.class || VersionedView.class.isAssignableFrom(type);
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        return switch (body) {
            case CommandResult it -> done(it, request, response);
            case VersionedView it -> read(it, request, response);
            case null, default -> body;
        };
    }

    private static Done done(CommandResult answer, ServerHttpRequest request, ServerHttpResponse response) {
        var headers = response.getHeaders();
        headers.setETag("\"" + answer.etag() + "\"");
        headers.set("Koinon-Position", answer.position().toString());
        if (answer.created()) {
            response.setStatusCode(HttpStatus.CREATED);
            var path = request.getURI().getRawPath();
            if (headers.getFirst("Location") == null)
                headers.set("Location", request.getMethod().equals(HttpMethod.POST) ? path + "/" + answer.id() : path);
        }
        return new Done(answer.id(), answer.position().toString());
    }

    /// The bytes to send; empty if the caller has them.
    private @Nullable RawValue read(VersionedView view, ServerHttpRequest request, ServerHttpResponse response) {
        var text = json.writeValueAsString(view);
        var etag = new ETag(view.version() + "-" + hash(text), false);
        response.getHeaders().setETag(etag.formattedTag());
        if (!isKnown(etag, request)) return new RawValue(text);
        response.setStatusCode(HttpStatus.NOT_MODIFIED);
        try {
            response.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return null;
    }

    private static boolean isKnown(ETag etag, ServerHttpRequest request) {
        return request.getHeaders().getOrEmpty(HttpHeaders.IF_NONE_MATCH).stream()
                .flatMap(it -> ETag.parse(it).stream())
                .anyMatch(it -> it.isWildcard() || it.compare(etag, false));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest)
                    .substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
