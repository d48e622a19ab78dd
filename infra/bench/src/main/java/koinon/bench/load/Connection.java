package koinon.bench.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/// One HTTP/1.1 connection that is kept open, for a thread of its own.
final class Connection implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;
    private final URI server;

    /// The head of an answer, with its header names in lower case.
    record Head(int status, Map<String, String> headers) {

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    Connection(URI server) throws IOException {
        socket = new Socket(InetAddress.getByName(server.getHost()), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        this.server = server;
    }

    void send(Request request, long number, String etag) throws IOException {
        socket.getOutputStream().write(request.bytes(server, number, etag));
    }

    Head head() throws IOException {
        String status = line();
        var headers = new TreeMap<String, String>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(java.util.Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Head(Integer.parseInt(status.substring(9, 12)), headers);
    }

    /// Reads the body of an answer to its end.
    void skipBody(Head head) throws IOException {
        if (head.status() == 204 || head.status() == 304) return;
        if (head.header("transfer-encoding").isEmpty()) in.skipNBytes(Long.parseLong(head.header("content-length")));
        else
            for (int size = chunk(); size > 0; size = chunk()) {
                in.skipNBytes(size);
                line();
            }
        if (!head.header("transfer-encoding").isEmpty()) line();
    }

    /// The next piece of a body without an end.
    byte[] nextChunk() throws IOException {
        int size = chunk();
        if (size == 0) throw new EOFException("The stream has ended");
        byte[] piece = in.readNBytes(size);
        line();
        return piece;
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) throw new EOFException("The server has closed the connection");
            if (next != '\r') line.append((char) next);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
