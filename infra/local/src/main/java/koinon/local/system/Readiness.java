package koinon.local.system;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import koinon.local.process.Ports;

/// How to check that a process is ready.
@FunctionalInterface
public interface Readiness {

    /// The readiness path of every Spring process.
    String PATH = "/actuator/health/readiness";

    boolean isReady(int port);

    /// Ready when it accepts connections.
    static Readiness listens() {
        return Ports::answers;
    }

    /// Ready when its readiness path answers 200.
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
