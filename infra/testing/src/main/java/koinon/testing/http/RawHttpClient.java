package koinon.testing.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import koinon.testing.time.Patience;

/// Sends requests byte for byte as they are given, also those that no proper client would send.
public record RawHttpClient(int port) {

    /// A request, whatever it is worth.
    ///
    /// @param target path and query, as they go on the wire
    /// @param headers each `<name>: <value>`
    /// @param body its bytes, a character for each
    public record Request(String method, String target, List<String> headers, String body) {

        public static Request of(String method, String target) {
            return new Request(method, target, List.of(), "");
        }

        public Request with(String header) {
            List<String> more = new ArrayList<>(headers);
            String name = header.substring(0, header.indexOf(':') + 1);
            more.removeIf(it -> it.regionMatches(true, 0, name, 0, name.length()));
            more.add(header);
            return new Request(method, target, List.copyOf(more), body);
        }

        public Request without(String header) {
            return new Request(
                    method,
                    target,
                    headers.stream()
                            .filter(it -> !it.regionMatches(true, 0, header + ":", 0, header.length() + 1))
                            .toList(),
                    body);
        }

        public Request sending(String mediaType, String text) {
            return sendingBytes(mediaType, new String(text.getBytes(UTF_8), ISO_8859_1));
        }

        public Request sendingBytes(String mediaType, String bytes) {
            return new Request(method, target, headers, bytes).with("Content-Type: " + mediaType);
        }

        /// The body as a reader of UTF-8 sees it.
        public String text() {
            return new String(body.getBytes(ISO_8859_1), UTF_8);
        }

        public Request to(String other) {
            return new Request(method, other, headers, body);
        }
    }

    /// What came back.
    ///
    /// @param status 0 when the connection was closed without an answer
    /// @param headers by their names in small letters
    public record Answer(int status, Map<String, String> headers, String body) {

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }

        @Override
        public String toString() {
            return status + " " + (body.length() > 400 ? body.substring(0, 400) + "..." : body);
        }
    }

    public Answer send(Request request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(Patience.millis());
            try {
                socket.getOutputStream().write(bytes(request));
                socket.getOutputStream().flush();
            } catch (IOException _) {
                // Refused before it was all sent: the answer may be there.
            }
            return read(new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.target(), e);
        }
    }

    // Version 1.0: one request for a connection, and an answer without chunks.
    private byte[] bytes(Request request) {
        var out = new ByteArrayOutputStream();
        out.writeBytes((request.method() + " " + request.target() + " HTTP/1.0\r\nHost: 127.0.0.1:" + port + "\r\n")
                .getBytes(UTF_8));
        request.headers().forEach(it -> out.writeBytes((it + "\r\n").getBytes(UTF_8)));
        boolean hasBody = !request.body().isEmpty() || !List.of("GET", "HEAD").contains(request.method());
        if (hasBody) out.writeBytes(("Content-Length: " + request.body().length() + "\r\n").getBytes(UTF_8));
        out.writeBytes("\r\n".getBytes(UTF_8));
        out.writeBytes(request.body().getBytes(ISO_8859_1));
        return out.toByteArray();
    }

    private static Answer read(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) return new Answer(0, Map.of(), "");
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        // A stream has no end; that it has begun is all there is to know.
        boolean stream = headers.getOrDefault("content-type", "").startsWith("text/event-stream");
        String body = stream ? "" : new String(in.readAllBytes(), UTF_8);
        return new Answer(Integer.parseInt(first.split(" ", 3)[1]), headers, body);
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int it = in.read(); it >= 0 && it != '\n'; it = in.read()) if (it != '\r') line.write(it);
        return line.toString(ISO_8859_1);
    }
}
