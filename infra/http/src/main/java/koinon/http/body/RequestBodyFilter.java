package koinon.http.body;

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
import koinon.http.connection.ClientCounter;
import koinon.http.connection.UnreadBodyValve;
import koinon.http.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/// Reads the whole body of a request before anything acts on it. It enforces the size limit for bodies with a
/// length and in chunks, requires UTF-8 of JSON, and keeps the bytes for the digest of an Idempotency-Key.
///
/// A body that did not arrive with its head is read without blocking a thread: the container calls when bytes
/// arrive, and dispatches the request again when the body is complete. Bodies are read only for callers with a
/// valid token.
public final class RequestBodyFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(RequestBodyFilter.class);
    private static final String BYTES = RequestBodyFilter.class.getName();
    private static final String READER = BYTES + ".reader";
    private static final byte[] NONE = {};
    private static final int PIECE = 8_192;

    private final Limits limits;
    private final Function<HttpServletRequest, Optional<String>> verified;
    private final ClientCounter awaited;

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
    RequestBodyFilter(Limits limits, Function<HttpServletRequest, Optional<String>> caller) {
        this.limits = limits;
        this.verified = caller;
        this.awaited = new ClientCounter(limits.perCaller(), limits.most());
    }

    /// The bytes of a request that came through this filter; none where it had no body.
    public static byte[] of(HttpServletRequest request) {
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
                    Problem.of(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            "media-type.one",
                            "Content-Type must name one media type."));
            return;
        }
        var hasBody = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        if (!hasBody) {
            chain.doFilter(request, response);
            return;
        }
        if (isSafe(request.getMethod())) {
            refuse(
                    request,
                    response,
                    HttpStatus.BAD_REQUEST,
                    "no-body-here",
                    "GET and HEAD requests must not have a body.");
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
                    "Too many request bodies are being received; at most %s of one caller are at a time.",
                    "max",
                    limits.perCaller());
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
                "The body is larger than the limit of %s KB.",
                "limit",
                largest.toKilobytes());
    }

    /// The rest of the body is not read, so the connection is closed after the response.
    private static void refuse(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpStatus status,
            String key,
            String text,
            Object... values)
            throws IOException {
        response.setHeader("Connection", "close");
        Problem.write(request, response, Problem.of(status, key, text, values));
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

    /// Reads the available bytes of one request's body whenever the container reports more.
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

        /// Reads the bytes that came with the head. True if the body is complete, which is not known for chunks.
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

        /// Continues the request with its body. The dispatch must look like the original request: filters that run
        /// once per request, such as the check of the token, would be skipped otherwise.
        void goOn(FilterChain chain) throws ServletException, IOException {
            if (request.getDispatcherType() != DispatcherType.REQUEST)
                throw new IllegalStateException("A request that was awaited must go on as one.");
            request.removeAttribute(READER);
            byte[] bytes = body.toByteArray();
            if (isToBeUtf8() && !isUtf8(bytes)) {
                Problem.write(
                        request,
                        response,
                        Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "media-type.utf-8", "The body must be UTF-8."));
                return;
            }
            request.setAttribute(BYTES, bytes);
            chain.doFilter(new Kept(request, bytes), response);
        }

        /// JSON is. Another format is read by its controller, which can say where it is not. The type may name a
        /// charset
        /// that the caller did not name, for a gateway adds the default.
        private boolean isToBeUtf8() {
            @Nullable String type = request.getContentType();
            return type == null || MediaType.parseMediaType(type).equalsTypeAndSubtype(MediaType.APPLICATION_JSON);
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
                    "The body was not received within %s s.",
                    "limit",
                    limits.patience().toSeconds()));
        }

        @Override
        public void onError(Throwable broken) {
            LOG.debug("event=body.aborted cause=\"{}\"", broken.getMessage());
            end(() -> {
                if (!response.isCommitted())
                    refuse(
                            request,
                            response,
                            HttpStatus.BAD_REQUEST,
                            "bad-request.body",
                            "The body is incomplete, or its chunks are malformed.");
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
                LOG.debug("event=response.aborted cause=\"{}\"", e.getMessage());
            } finally {
                context.complete();
            }
        }

        /// True for the first caller.
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
