package koinon.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/// TCP ports of the loopback address.
public final class Ports {

    /// Below the ports that systems use for outgoing connections (from 32768 on Linux, 49152 elsewhere), so that no
    /// connection takes such a port before its server listens, or during a restart.
    private static final int LOWEST = 15_000;

    private static final int COUNT = 17_000;
    private static final AtomicInteger NEXT = new AtomicInteger(new Random().nextInt(COUNT));

    private Ports() {}

    /// A port that was free a moment ago; each call returns another one.
    public static int free() {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) return port;
        }
        throw new CannotStart("There is no free port on 127.0.0.1: end programs that listen there.");
    }

    /// Whether a server can listen on the port now.
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback(), port), 1);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// Whether a server accepts connections on the port now.
    public static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(loopback(), port), 500);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
    }
}
