package koinon.bench.seed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import koinon.bench.load.Latencies;
import koinon.bench.row.Job;
import org.HdrHistogram.Histogram;

/// Publishes an event and asks at once for a status that has it, again and again.
public final class AtLeastClient implements Job<AtLeastClient.Plan, Latencies> {

    private static final int WARM_UP = 50;

    /// @param projects how many there are; each has had its short life
    /// @param first the first sequence of a proposal that no event has yet
    public record Plan(
            String bootstrap, String contracts, URI gateway, String token, int projects, int first, int times) {}

    @Override
    public Latencies on(Plan plan) throws Exception {
        var changed = new ProjectLife(Path.of(plan.contracts()), List.of("proposal.summary-changed"));
        var latencies = new Histogram(3);
        try (var publisher = new Publisher(plan.bootstrap());
                var http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            for (int time : IntStream.range(0, WARM_UP + plan.times()).toArray()) {
                ProjectLife.Event event = changed.of(time % plan.projects()).getFirst();
                int sequence = plan.first() + time / plan.projects();
                publisher.publish(event, sequence, "");
                publisher.flush();
                long begin = System.nanoTime();
                var answer = http.send(
                        HttpRequest.newBuilder(plan.gateway()
                                        .resolve("/api/v1/status/projects/" + event.id() + "?atLeast=" + event.subject()
                                                + "/" + sequence))
                                .header("Authorization", "Bearer " + plan.token())
                                .build(),
                        BodyHandlers.ofByteArray());
                if (!answer.headers()
                        .firstValue("Koinon-Position-Reached")
                        .orElse("")
                        .equals("true"))
                    throw new IOException(
                            "The status did not reach " + event.subject() + "/" + sequence + ": " + answer);
                if (time >= WARM_UP) latencies.recordValue(System.nanoTime() - begin);
            }
        }
        return Latencies.of(latencies);
    }
}
