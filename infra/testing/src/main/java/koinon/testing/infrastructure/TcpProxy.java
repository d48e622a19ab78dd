package koinon.testing.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A wire to a server of this machine that a test can cut and mend.
public final class TcpProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final int[] targets;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean whole = true;

    /// @param targets the port of the server, or of each of its copies; the first that answers is taken
    public TcpProxy(int... targets) {
        this.targets = targets.clone();
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    public void cut() {
        whole = false;
        open.forEach(TcpProxy::end);
        open.clear();
    }

    public void mend() {
        whole = true;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket here = listening.accept();
                if (!whole) {
                    end(here);
                    continue;
                }
                Socket there = connect(here);
                open.add(here);
                open.add(there);
                Thread.ofVirtual().start(() -> copy(here, there));
                Thread.ofVirtual().start(() -> copy(there, here));
            } catch (IOException _) {
                // The test is over, or the server is away: the next one will see.
            }
        }
    }

    private Socket connect(Socket here) throws IOException {
        for (int target : targets) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), target);
            } catch (ConnectException _) {
                // The next one, if there is one.
            }
        }
        end(here);
        throw new ConnectException("None of them answers.");
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // Cut.
        } finally {
            end(from);
            end(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is closed.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
