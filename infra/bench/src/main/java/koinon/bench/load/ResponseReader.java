package koinon.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Finds the end of an HTTP/1.1 response in bytes that arrive in pieces, and reads of it only what the load needs.
final class ResponseReader {

    private enum State {
        STATUS,
        HEADER,
        /// A body of a known length.
        BODY,
        CHUNK_SIZE,
        /// With the line end after it.
        CHUNK,
        TRAILER
    }

    private final byte[] line = new byte[16 * 1024];
    private int length;
    private State state = State.STATUS;
    private long left;
    private boolean chunked;
    private int status;
    private String etag = "";
    private boolean closing;

    /// Reads up to the end of the response; another one begins with the next call.
    ///
    /// @return false if more bytes must come
    boolean read(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (state == State.BODY || state == State.CHUNK) {
                int some = (int) Math.min(left, bytes.remaining());
                bytes.position(bytes.position() + some);
                left -= some;
                if (left > 0) return false;
                if (state == State.BODY) return finished();
                state = State.CHUNK_SIZE;
                continue;
            }
            byte next = bytes.get();
            if (next != '\n') {
                if (next != '\r') add(next);
                continue;
            }
            String text = new String(line, 0, length, StandardCharsets.ISO_8859_1);
            length = 0;
            if (ends(text)) return finished();
        }
        return false;
    }

    int status() {
        return status;
    }

    /// Empty without one.
    String etag() {
        return etag;
    }

    /// Whether the server closes the connection after this response.
    boolean isClosing() {
        return closing;
    }

    private void add(byte next) throws IOException {
        if (length == line.length) throw new IOException("A header is longer than " + line.length + " bytes");
        line[length++] = next;
    }

    private boolean finished() {
        state = State.STATUS;
        return true;
    }

    /// Whether the response ends with this line.
    private boolean ends(String text) {
        switch (state) {
            case STATUS -> {
                status = Integer.parseInt(text, 9, 12, 10);
                left = 0;
                chunked = false;
                etag = "";
                closing = false;
                state = State.HEADER;
            }
            case HEADER -> {
                if (text.isEmpty()) return startBody();
                header(text);
            }
            case CHUNK_SIZE -> {
                long size = Long.parseLong(text.split(";", 2)[0].strip(), 16);
                left = size + 2;
                state = size == 0 ? State.TRAILER : State.CHUNK;
            }
            case TRAILER -> {
                return text.isEmpty();
            }
            case BODY, CHUNK -> throw new IllegalStateException("A body has no lines");
        }
        return false;
    }

    private boolean startBody() {
        state = chunked ? State.CHUNK_SIZE : State.BODY;
        return !chunked && left == 0;
    }

    private void header(String text) {
        int colon = text.indexOf(':');
        String value = text.substring(colon + 1).strip();
        switch (text.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "content-length" -> left = status == 304 ? 0 : Long.parseLong(value);
            case "transfer-encoding" -> chunked = true;
            case "etag" -> etag = value;
            case "connection" -> closing = value.equals("close");
            default -> {}
        }
    }
}
