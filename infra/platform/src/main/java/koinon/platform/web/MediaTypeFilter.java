package koinon.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/// Refuses with 415 every body that is not of the one media type its path takes, is compressed, or is not UTF-8.
/// This also holds for an operation that takes no body, and for a gateway that passes the body on.
final class MediaTypeFilter extends OncePerRequestFilter {

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");
    private static final String IDENTITY = "identity";

    private final Map<String, MediaType> others;

    /// @param others the media type that is read at some paths instead of JSON
    MediaTypeFilter(Map<String, MediaType> others) {
        this.others = Map.copyOf(others);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return WITHOUT_BODY.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        MediaType expected = others.getOrDefault(request.getRequestURI(), MediaType.APPLICATION_JSON);
        if (isCompressed(request)) {
            response.setHeader(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
            Problem.write(request, response, problem("Content-Encoding must be absent or identity."));
        } else if (hasBody(request) && !isOf(expected, request)) {
            response.setHeader(HttpHeaders.ACCEPT, expected.toString());
            Problem.write(
                    request,
                    response,
                    problem("Content-Type must be %s, with charset absent or utf-8.".formatted(expected)));
        } else chain.doFilter(request, response);
    }

    private static ProblemDetail problem(String sentence) {
        return Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "media-type", sentence);
    }

    private static boolean isCompressed(HttpServletRequest request) {
        return Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)).stream()
                .anyMatch(it -> !it.strip().equalsIgnoreCase(IDENTITY));
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    private static boolean isOf(MediaType expected, HttpServletRequest request) {
        List<String> types = Collections.list(request.getHeaders(HttpHeaders.CONTENT_TYPE));
        if (types.size() != 1) return false;
        try {
            MediaType type = MediaType.parseMediaType(types.getFirst());
            @Nullable Charset charset = type.getCharset();
            return type.equalsTypeAndSubtype(expected) && (charset == null || charset.equals(StandardCharsets.UTF_8));
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }

    /// Refuses a body whose bytes are not UTF-8.
    @RestControllerAdvice
    static final class Utf8 extends RequestBodyAdviceAdapter {

        @Override
        public boolean supports(
                MethodParameter parameter, Type target, Class<? extends HttpMessageConverter<?>> converter) {
            return true;
        }

        @Override
        public HttpInputMessage beforeBodyRead(
                HttpInputMessage message,
                MethodParameter parameter,
                Type target,
                Class<? extends HttpMessageConverter<?>> converter)
                throws IOException {
            byte[] bytes = message.getBody().readAllBytes();
            if (!isUtf8(bytes))
                throw new ErrorResponseException(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE, problem("The body must be UTF-8."), null);
            return new BufferedMessage(message.getHeaders(), new ByteArrayInputStream(bytes));
        }

        private static boolean isUtf8(byte[] bytes) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
                return true;
            } catch (CharacterCodingException _) {
                return false;
            }
        }

        private record BufferedMessage(HttpHeaders headers, InputStream body) implements HttpInputMessage {

            @Override
            public HttpHeaders getHeaders() {
                return headers;
            }

            @Override
            public InputStream getBody() {
                return body;
            }
        }
    }
}
