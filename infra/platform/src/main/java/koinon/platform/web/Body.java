package koinon.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/// Takes in the whole body of a request before anything acts on it: none is larger than the limit, whether it says
/// its length or comes in chunks, and its bytes are there for the digest of an Idempotency-Key.
final class Body extends OncePerRequestFilter {

    private static final String BYTES = Body.class.getName();
    private final DataSize usual;
    private final Map<String, DataSize> larger;

    /// @param larger what is taken at some paths instead of what is usual
    Body(DataSize usual, Map<String, DataSize> larger) {
        this.usual = usual;
        this.larger = Map.copyOf(larger);
    }

    /// The bytes of a request that came through this filter; none where it had no body.
    static byte[] of(HttpServletRequest request) {
        return request.getAttribute(BYTES) instanceof byte[] bytes ? bytes : new byte[0];
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isWildcard(request.getContentType())) {
            Problem.write(
                    request,
                    response,
                    Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "media-type", "A body is of one media type."));
            return;
        }
        var hasBody = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        if (!hasBody) {
            chain.doFilter(request, response);
            return;
        }
        var largest = larger.getOrDefault(request.getRequestURI(), usual);
        var limit = (int) largest.toBytes();
        var bytes = request.getContentLengthLong() > limit
                ? null
                : request.getInputStream().readNBytes(limit + 1);
        if (bytes == null || bytes.length > limit) {
            response.setHeader("Connection", "close");
            Problem.write(
                    request,
                    response,
                    Problem.of(
                            HttpStatus.CONTENT_TOO_LARGE,
                            "body-too-large",
                            "A request has at most %d KB.".formatted(largest.toKilobytes())));
            return;
        }
        request.setAttribute(BYTES, bytes);
        chain.doFilter(new Kept(request, bytes), response);
    }

    private static boolean isWildcard(@Nullable String type) {
        return type != null && type.contains("*");
    }

    private static final class Kept extends HttpServletRequestWrapper {

        private final byte[] bytes;

        Kept(HttpServletRequest request, byte[] bytes) {
            super(request);
            this.bytes = bytes;
        }

        @Override
        public ServletInputStream getInputStream() {
            var in = new ByteArrayInputStream(bytes);
            return new ServletInputStream() {
                @Override
                public int read() {
                    return in.read();
                }

                @Override
                public int read(byte[] into, int from, int length) {
                    return in.read(into, from, length);
                }

                @Override
                public boolean isFinished() {
                    return in.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("The body is all here; read it.");
                }
            };
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }
}
