package koinon.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;

/// Which media types an answer may have. That of a command is JSON: who takes none is refused before anything is
/// done, and what is done is never refused afterwards for the form of its answer. An answer that is no problem is
/// never called one, for a caller who accepts only those.
final class Accepted implements ContentNegotiationStrategy {

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

    /// Whether a caller takes what a command answers, JSON or a problem.
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

    /// The most specific range that names a type says whether it is taken.
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
