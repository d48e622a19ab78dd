package koinon.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import koinon.local.process.CannotStart;
import koinon.local.process.Java;
import koinon.local.system.Port;

/// `train`: starts everything in a folder of its own, asks what is asked first of a new system, and ends it. Each
/// process then writes a cache of its loaded classes beside its jar. `./koinon` does so after a build.
record Train(Composition composition) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final List<String> FIRST_REQUESTS = List.of(
            "/api/v1/status/projects",
            "/",
            "/api/v1/status/summary",
            "/api/v1/status/cooperation",
            "/api/v1/cities",
            "/api/v1/calls",
            "/api/v1/funds",
            "/api/v1/status/events",
            "/api/v1/me",
            "/login");

    int run() throws InterruptedException {
        new Up(composition, false).whileUp(_ -> {
            ask();
            return 0;
        });
        try {
            int adopted = 0;
            for (Path folder : composition.jarFolders()) adopted += Java.adoptCaches(folder);
            composition.terminal().say("%d processes have a cache of their classes.".formatted(adopted));
            composition.home().delete();
            return 0;
        } catch (IOException e) {
            throw new CannotStart("A cache of classes cannot be put into use: " + e.getMessage(), e);
        }
    }

    private void ask() throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String token = new DemoPersons(composition.url(Port.IDENTITY)).token(Verify.OPERATOR);
            for (String path : FIRST_REQUESTS) {
                URI uri = URI.create(composition.url(Port.GATEWAY) + path);
                http.send(
                        HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.discarding());
                http.send(
                        HttpRequest.newBuilder(uri)
                                .header("Authorization", "Bearer " + token)
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
            }
        } catch (IOException e) {
            throw new CannotStart("The system that was started for its caches does not answer: " + e.getMessage(), e);
        }
    }
}
