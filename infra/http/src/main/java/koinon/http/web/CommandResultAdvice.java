package koinon.http.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import koinon.eventing.command.CommandResult;
import koinon.eventing.command.RequestRejected;
import koinon.http.condition.RequestConditions;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/// Writes the responses of commands and reads.
///
/// A [CommandResult] becomes 201 with `Location`, or 200, with `Koinon-Position` and `ETag: "<version>"`, which the
/// next command can send in `If-Match` and which matches no read. What a read answers is serialised once and sent with
/// `ETag: "<hash of these bytes>"`, a [VersionedView] with `ETag: "<version>-<hash of these bytes>"`; as 304 if the
/// caller has these bytes.
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
        return returned.getParameterType() == CommandResult.class
                || (converter == CommandBodyConverter.class && isRead(returned));
    }

    /// Whether a method answers a read. A [org.springframework.http.ResponseEntity] has headers of its own.
    public static boolean isRead(MethodParameter returned) {
        return returned.hasMethodAnnotation(GetMapping.class)
                && !HttpEntity.class.isAssignableFrom(returned.getParameterType());
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
            case VersionedView it -> read(it, it.version() + "-", request, response);
            case null -> null;
            default -> read(body, "", request, response);
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

    /// The bytes to send; absent if the caller has them.
    ///
    /// @param before the part of the ETag before the hash
    private @Nullable RawValue read(
            Object view, String before, ServerHttpRequest request, ServerHttpResponse response) {
        var text = json.writeValueAsString(view);
        var etag = "\"" + before + hash(text) + "\"";
        var outcome = request instanceof ServletServerHttpRequest it
                ? RequestConditions.of(it.getServletRequest()).outcome(etag)
                : RequestConditions.Outcome.SENT;
        if (outcome == RequestConditions.Outcome.STALE) throw new RequestRejected.Stale();
        response.getHeaders().setETag(etag);
        if (outcome == RequestConditions.Outcome.SENT) return new RawValue(text);
        response.setStatusCode(HttpStatus.NOT_MODIFIED);
        try {
            response.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return null;
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
