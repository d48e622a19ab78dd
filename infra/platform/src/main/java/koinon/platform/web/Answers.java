package koinon.platform.web;

import koinon.platform.document.Answer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/// How what went well is answered. A controller returns the [Answer] of a command as it is: it becomes 201 with
/// `Location` or 200, with `ETag` and `Koinon-Position`.
@RestControllerAdvice
public final class Answers implements ResponseBodyAdvice<Object> {

    Answers() {}

    /// What a command is answered.
    ///
    /// @param id of what was created or changed
    /// @param position of its last event, `<aggregate>/<id>/<sequence>`; also in `Koinon-Position`
    public record Done(String id, String position) {}

    /// What was read, with its ETag; a caller who has it already gets a 304.
    ///
    /// @param sequence of the last event that touched it
    public static <T> ResponseEntity<T> read(long sequence, T view) {
        return ResponseEntity.ok().eTag("\"" + sequence + "\"").body(view);
    }

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return returned.nested().getNestedParameterType() == Answer.class
                || returned.getParameterType() == Answer.class;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (!(body instanceof Answer answer)) return body;
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
}
