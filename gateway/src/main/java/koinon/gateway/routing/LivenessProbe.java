package koinon.gateway.routing;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import koinon.eventing.worker.BackgroundWorker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Probes the liveness of every replica of a service each 250 ms. A frozen process still accepts connections, so
/// without the probe a request would wait for its time limit. A service with one replica is not probed: there is no
/// alternative.
final class LivenessProbe implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LivenessProbe.class);
    private static final String PATH = "/actuator/health/liveness";
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final List<BackgroundWorker> workers = new ArrayList<>();

    void watch(List<Replica> replicas) {
        if (replicas.size() <= 1) return;
        for (Replica replica : replicas) {
            var wasAlive = new AtomicBoolean(true);
            var worker = new BackgroundWorker("probe-" + replica.address(), () -> probe(replica, wasAlive));
            workers.add(worker);
            worker.start();
        }
    }

    private Duration probe(Replica replica, AtomicBoolean wasAlive) throws InterruptedException {
        boolean alive = answers(replica);
        if (alive != wasAlive.getAndSet(alive))
            LOG.info(alive ? "event=replica.up address={}" : "event=replica.down address={}", replica.address());
        replica.setAnswering(alive);
        return PAUSE;
    }

    private boolean answers(Replica replica) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(replica.address().resolve(PATH))
                .timeout(PATIENCE)
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        workers.forEach(BackgroundWorker::stop);
        http.shutdownNow();
    }
}
