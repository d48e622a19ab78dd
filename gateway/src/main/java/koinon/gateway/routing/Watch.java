package koinon.gateway.routing;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks each copy of a service all the time whether it lives: one that is frozen still takes connections, and nobody
/// else would notice before their time is over. Where there is but one copy it is not asked, for there is no choice.
final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final String PATH = "/actuator/health/liveness";
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final List<Thread> watchers = new ArrayList<>();

    void over(List<Copy> copies) {
        if (copies.size() > 1)
            for (Copy copy : copies)
                watchers.add(Thread.ofVirtual().name("watch " + copy.address()).start(() -> watch(copy)));
    }

    private void watch(Copy copy) {
        HttpRequest question = HttpRequest.newBuilder(copy.address().resolve(PATH))
                .timeout(PATIENCE)
                .build();
        boolean lived = true;
        try {
            while (true) {
                boolean lives = answers(question);
                if (lives != lived) LOG.info("{} {}", copy.address(), lives ? "answers again" : "does not answer");
                lived = lives;
                copy.isAnswering(lives);
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answers(HttpRequest question) throws InterruptedException {
        try {
            return http.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        watchers.forEach(Thread::interrupt);
        http.shutdownNow();
    }
}
