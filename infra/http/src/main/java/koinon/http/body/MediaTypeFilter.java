package koinon.http.body;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import koinon.http.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses with 415 a body of another media type than its path accepts, or a compressed one, and with 406 a command
/// whose `Accept` does not admit JSON. It also applies to operations without a body, and to a gateway that passes
/// the body on.
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
            Problem.write(
                    request, response, problem("media-type.encoding", "Content-Encoding must be absent or identity."));
        } else if (hasBodyOrType(request) && !isOf(expected, request)) {
            response.setHeader(HttpHeaders.ACCEPT, expected.toString());
            Problem.write(
                    request,
                    response,
                    problem(
                            "media-type.other",
                            "Content-Type must be %s, with charset absent or utf-8.",
                            "expected",
                            expected));
        } else if (!Accepted.admits(request)) {
            Problem.write(
                    request,
                    response,
                    Problem.of(
                            HttpStatus.NOT_ACCEPTABLE,
                            "not-acceptable.command",
                            "Commands answer in application/json; Accept must admit it."));
        } else chain.doFilter(request, response);
    }

    private static ProblemDetail problem(String key, String text, Object... values) {
        return Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, key, text, values);
    }

    private static boolean isCompressed(HttpServletRequest request) {
        return Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)).stream()
                .anyMatch(it -> !it.strip().equalsIgnoreCase(IDENTITY));
    }

    private static boolean hasBodyOrType(HttpServletRequest request) {
        return request.getContentLengthLong() > 0
                || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
                || request.getHeader(HttpHeaders.CONTENT_TYPE) != null;
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

    /// The media types of a response. A command is answered in JSON: a caller that does not accept it is refused
    /// before the command runs, never afterwards. A result that is not a problem is never sent as
    /// `application/problem+json`.
    static final class Accepted implements ContentNegotiationStrategy {

        private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

        private final ContentNegotiationStrategy header = new HeaderContentNegotiationStrategy();

        @Override
        public List<MediaType> resolveMediaTypes(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
            if (request.getNativeRequest() instanceof HttpServletRequest it && !READING.contains(it.getMethod()))
                return List.of(MediaType.APPLICATION_JSON);
            return header.resolveMediaTypes(request).stream()
                    .map(it -> it.equalsTypeAndSubtype(MediaType.APPLICATION_PROBLEM_JSON)
                            ? MediaType.APPLICATION_JSON.copyQualityValue(it)
                            : it)
                    .toList();
        }

        /// Whether the caller accepts JSON or a problem.
        static boolean admits(HttpServletRequest request) {
            if (READING.contains(request.getMethod())) return true;
            try {
                List<MediaType> ranges =
                        MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
                return ranges.isEmpty()
                        || isIn(ranges, MediaType.APPLICATION_JSON)
                        || isIn(ranges, MediaType.APPLICATION_PROBLEM_JSON);
            } catch (InvalidMediaTypeException _) {
                return false;
            }
        }

        /// The most specific range that matches a type decides.
        private static boolean isIn(List<MediaType> ranges, MediaType type) {
            return ranges.stream()
                    .filter(it -> it.includes(type) && isUtf8(it))
                    .max(Comparator.comparing((MediaType it) -> !it.isWildcardType())
                            .thenComparing(it -> !it.isWildcardSubtype()))
                    .filter(it -> it.getQualityValue() > 0)
                    .isPresent();
        }

        private static boolean isUtf8(MediaType range) {
            @Nullable Charset charset = range.getCharset();
            return charset == null || charset.equals(StandardCharsets.UTF_8);
        }
    }
}
