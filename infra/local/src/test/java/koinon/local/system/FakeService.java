package koinon.local.system;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// A process that serves the readiness path like a Spring service: `<port>`; or prints a message and ends: `dies`.
final class FakeService {

    private FakeService() {}

    public static void main(String... arguments) throws IOException {
        if (arguments[0].equals("dies")) {
            System.out.println("I cannot find my way");
            System.exit(3);
        }
        var server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 0);
        server.createContext(Readiness.PATH, exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        System.out.println("I serve");
    }
}
