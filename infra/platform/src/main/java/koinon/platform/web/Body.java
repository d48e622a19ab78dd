package koinon.platform.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
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
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import koinon.platform.connection.PerClient;
import koinon.platform.connection.UnreadBodyValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/// Takes in the whole body of a request before anything acts on it: none is larger than the limit, whether it says
/// its length or comes in chunks, all are UTF-8, and the bytes are there for the digest of an Idempotency-Key.
///
/// A body that has not arrived with its head is awaited without a thread: the container calls when bytes have come,
/// and dispatches the request anew when all are there. Only a caller with a valid token is read.
final class Body extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(Body.class);
    private static final String BYTES = Body.class.getName();
    private static final String READER = BYTES + ".reader";
    private static final byte[] NONE = {};
    private static final int PIECE = 8_192;

    private final Limits limits;
    private final Function<HttpServletRequest, Optional<String>> verified;
    private final PerClient awaited;

    /// @param usual size of a body at most
    /// @param larger what is taken at some paths instead of what is usual
    /// @param patience how long a whole body may take
    /// @param perCaller how many bodies of one caller are awaited at a time
    /// @param most how many bodies of all callers are awaited at a time
    record Limits(DataSize usual, Map<String, DataSize> larger, Duration patience, int perCaller, int most) {

        Limits {
            larger = Map.copyOf(larger);
        }

        DataSize of(HttpServletRequest request) {
            return larger.getOrDefault(request.getRequestURI(), usual);
        }
    }

    /// @param caller whose token is valid; a body of anybody else is not read
    Body(Limits limits, Function<HttpServletRequest, Optional<String>> caller) {
        this.limits = limits;
        this.verified = caller;
        this.awaited = new PerClient(limits.perCaller(), limits.most());
    }

    /// The bytes of a request that came through this filter; none where it had no body.
    static byte[] of(HttpServletRequest request) {
        return request.getAttribute(BYTES) instanceof byte[] bytes ? bytes : NONE;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isAsyncDispatch(request)) {
            // What was dispatched for another reason than ours is left alone.
            if (!(request.getAttribute(READER) instanceof Reader reader)) chain.doFilter(request, response);
            else reader.goOn(chain);
            return;
        }
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
        if (isSafe(request.getMethod())) {
            refuse(request, response, HttpStatus.BAD_REQUEST, "no-body-here", "Who only reads sends no body.");
            return;
        }
        Optional<String> caller = verified.apply(request);
        if (caller.isEmpty()) {
            // It is about to be refused.
            chain.doFilter(new Kept(request, NONE), response);
            return;
        }
        var largest = limits.of(request);
        if (request.getContentLengthLong() > largest.toBytes()) {
            refuseTooLarge(request, response, largest);
            return;
        }
        var reader = new Reader(request, response, largest);
        if (reader.hasReadAllThatIsHere()) {
            reader.goOn(chain);
            return;
        }
        if (!awaited.enter(caller.get())) {
            response.setHeader("Retry-After", "1");
            refuse(
                    request,
                    response,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "too-many-bodies",
                    "Too many request bodies are being received; at most %d of one caller are at a time."
                            .formatted(limits.perCaller()));
            return;
        }
        reader.await(caller.get());
    }

    private static void refuseTooLarge(HttpServletRequest request, HttpServletResponse response, DataSize largest)
            throws IOException {
        refuse(
                request,
                response,
                HttpStatus.CONTENT_TOO_LARGE,
                "body-too-large",
                "A request has at most %d KB.".formatted(largest.toKilobytes()));
    }

    /// Of the body nothing more is read, so the connection ends with the answer.
    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, HttpStatus status, String rule, String sentence)
            throws IOException {
        response.setHeader("Connection", "close");
        Problem.write(request, response, Problem.of(status, rule, sentence));
        UnreadBodyValve.closeUnread(request);
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    private static boolean isSafe(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    private static boolean isWildcard(@Nullable String type) {
        return type != null && type.contains("*");
    }

    /// Reads the body of one request, as far as it is there, whenever the container says that more has come.
    private final class Reader implements ReadListener, AsyncListener {

        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private final ServletInputStream in;
        private final DataSize largest;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final AtomicBoolean ended = new AtomicBoolean();
        private String caller = "";
        private @Nullable AsyncContext async;

        Reader(HttpServletRequest request, HttpServletResponse response, DataSize largest) throws IOException {
            this.request = request;
            this.response = response;
            this.largest = largest;
            this.in = request.getInputStream();
        }

        /// Reads what came with the head; true when that was all. Of chunks it cannot be told without waiting.
        boolean hasReadAllThatIsHere() throws IOException {
            long length = request.getContentLengthLong();
            byte[] piece = new byte[PIECE];
            while (body.size() < length && in.available() > 0) {
                int read = in.read(piece);
                if (read < 0) break;
                body.write(piece, 0, read);
            }
            return body.size() == length;
        }

        void await(String by) throws IOException {
            caller = by;
            request.setAttribute(READER, this);
            // With the original request: what is dispatched wraps it, and leaves the one that is kept here as it is.
            AsyncContext context = request.startAsync();
            async = context;
            context.setTimeout(limits.patience().toMillis());
            context.addListener(this);
            in.setReadListener(this);
        }

        /// The request goes on as it came, with its body; what follows does not see that it was awaited. Otherwise it
        /// would be passed on without the checks that are made for a request once, of the token among others.
        void goOn(FilterChain chain) throws ServletException, IOException {
            if (request.getDispatcherType() != DispatcherType.REQUEST)
                throw new IllegalStateException("A request that was awaited must go on as one.");
            request.removeAttribute(READER);
            byte[] bytes = body.toByteArray();
            if (!isUtf8(bytes)) {
                Problem.write(
                        request,
                        response,
                        Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "media-type", "The body must be UTF-8."));
                return;
            }
            request.setAttribute(BYTES, bytes);
            chain.doFilter(new Kept(request, bytes), response);
        }

        @Override
        public void onDataAvailable() throws IOException {
            byte[] piece = new byte[PIECE];
            while (!ended.get() && in.isReady()) {
                int read = in.read(piece);
                if (read < 0) return;
                body.write(piece, 0, read);
                if (body.size() > largest.toBytes()) {
                    end(() -> refuseTooLarge(request, response, largest));
                }
            }
        }

        @Override
        public void onAllDataRead() {
            if (leave() && async != null) async.dispatch();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            end(() -> refuse(
                    request,
                    response,
                    HttpStatus.REQUEST_TIMEOUT,
                    "body-too-slow",
                    "The body did not come within %d s."
                            .formatted(limits.patience().toSeconds())));
        }

        @Override
        public void onError(Throwable broken) {
            LOG.debug("A body broke off: {}", broken.getMessage());
            end(() -> {
                if (!response.isCommitted())
                    refuse(
                            request,
                            response,
                            HttpStatus.BAD_REQUEST,
                            "bad-request",
                            "The body broke off, or its chunks are malformed.");
            });
        }

        @Override
        public void onError(AsyncEvent event) {
            onError(event.getThrowable());
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}

        @Override
        public void onComplete(AsyncEvent event) {
            leave();
        }

        private void end(Answer answer) {
            AsyncContext context = async;
            if (!leave() || context == null) return;
            try {
                answer.write();
            } catch (IOException e) {
                LOG.debug("Nobody is there to be answered: {}", e.getMessage());
            } finally {
                context.complete();
            }
        }

        /// True for the first who ends the reading.
        private boolean leave() {
            boolean first = ended.compareAndSet(false, true);
            if (first) awaited.leave(caller);
            return first;
        }
    }

    @FunctionalInterface
    private interface Answer {
        void write() throws IOException;
    }

    /// The request with the bytes that were read; nothing further in reads from the connection.
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
