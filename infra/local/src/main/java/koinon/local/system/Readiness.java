package koinon.local.system;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import koinon.local.process.Ports;

/// How to see that a process serves.
@FunctionalInterface
public interface Readiness {

    /// The health address of every Spring process.
    String PATH = "/actuator/health/readiness";

    boolean isReady(int port);

    /// It accepts connections.
    static Readiness listens() {
        return Ports::answers;
    }

    /// It says of itself that it is ready.
    static Readiness saysSo() {
        return port -> {
            try {
                var connection = (HttpURLConnection)
                        URI.create("http://127.0.0.1:" + port + PATH).toURL().openConnection();
                connection.setConnectTimeout(1_000);
                connection.setReadTimeout(3_000);
                return connection.getResponseCode() == 200;
            } catch (IOException _) {
                return false;
            }
        };
    }
}
