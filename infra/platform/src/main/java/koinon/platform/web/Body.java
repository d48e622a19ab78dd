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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/// Takes in the whole body of a request before anything acts on it: none is larger than the limit, whether it says
/// its length or comes in chunks, and its bytes are there for the digest of an Idempotency-Key.
final class Body extends OncePerRequestFilter {

    private static final String BYTES = Body.class.getName();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
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
        if (isSafe(request.getMethod())) {
            refuse(request, response, HttpStatus.BAD_REQUEST, "no-body-here", "Who only reads sends no body.");
            return;
        }
        byte @Nullable [] bytes;
        try {
            bytes = request.getContentLengthLong() > limit ? null : read(request, limit + 1);
        } catch (TooSlow _) {
            refuse(request, response, HttpStatus.REQUEST_TIMEOUT, "body-too-slow", "The body did not come in time.");
            return;
        }
        if (bytes == null || bytes.length > limit) {
            refuse(
                    request,
                    response,
                    HttpStatus.CONTENT_TOO_LARGE,
                    "body-too-large",
                    "A request has at most %d KB.".formatted(largest.toKilobytes()));
            return;
        }
        request.setAttribute(BYTES, bytes);
        chain.doFilter(new Kept(request, bytes), response);
    }

    /// Of the body nothing more is read, so the connection ends with the answer.
    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, HttpStatus status, String rule, String sentence)
            throws IOException {
        response.setHeader("Connection", "close");
        Problem.write(request, response, Problem.of(status, rule, sentence));
    }

    private static boolean isSafe(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    /// Reads so many bytes at most. The server waits for each piece as long as it does, and so a body that trickles
    /// would
    /// keep a thread for ever.
    private static byte[] read(HttpServletRequest request, int most) throws IOException, TooSlow {
        long begin = System.nanoTime();
        var in = request.getInputStream();
        var body = new ByteArrayOutputStream();
        byte[] piece = new byte[8_192];
        for (int read = 0; body.size() < most && read >= 0; ) {
            read = in.read(piece, 0, Math.min(piece.length, most - body.size()));
            if (read > 0) body.write(piece, 0, read);
            if (System.nanoTime() - begin > PATIENCE.toNanos()) throw new TooSlow();
        }
        return body.toByteArray();
    }

    private static final class TooSlow extends Exception {
        private static final long serialVersionUID = 1;
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
