package koinon.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import koinon.demo.client.Person;
import koinon.demo.client.Reply;
import koinon.demo.client.RunningKoinon;
import koinon.demo.steps.City;
import koinon.testing.time.Patience;
import tools.jackson.databind.JsonNode;

/// Editors who write proposals all the time, whatever breaks, and remember what was acknowledged.
final class Writers implements AutoCloseable {

    private final RunningKoinon world;
    private final List<CompletableFuture<Void>> working = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentLinkedQueue<Written> written = new ConcurrentLinkedQueue<>();
    private volatile String call = "";
    private volatile boolean enough;

    /// A proposal that was drafted and then changed so often, each time with an answer.
    private record Written(String id, String title, int events, String position) {}

    Writers(RunningKoinon world) {
        this.world = world;
    }

    /// Lets the editors of these cities write under a call, unless they do already.
    void startOnce(String under, City... cities) {
        if (!working.isEmpty()) return;
        call = under;
        for (City city : cities) working.add(CompletableFuture.runAsync(() -> write(city), threads));
    }

    private void write(City city) {
        Person editor = world.person(city.editor());
        for (int number = 1; !enough; number++) {
            String title = city.label() + ", idea " + number;
            Reply drafted = editor.post("/proposals", Map.of("call", call, "lead", city.id(), "title", title));
            assertThat(drafted.status()).as(drafted.said()).isEqualTo(201);
            String path = "/proposals/" + drafted.id() + "/summary";
            Reply changed = editor.put(
                    path,
                    editor.get(path).etag(),
                    Map.of("title", title, "summary", "Written in between.", "themes", List.of(), "sdgs", List.of()));
            assertThat(changed.status()).as(changed.said()).isEqualTo(200);
            written.add(new Written(drafted.id(), title, 2, changed.position().orElseThrow()));
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Stops writing, and finds everything that was acknowledged in the service and in the status, once.
    void findEverythingOnce() throws Exception {
        enough = true;
        for (CompletableFuture<Void> one : working) one.get(2L * Patience.millis(), TimeUnit.MILLISECONDS);
        Person auditor = world.person("auditor");
        for (Written one : written) {
            Reply proposal = auditor.get("/proposals/" + one.id());
            assertThat(proposal.status()).as(one.title()).isEqualTo(200);
            assertThat(proposal.header("ETag")).as(one.title()).get().asString().startsWith("\"" + one.events() + "-");
            Reply status = auditor.get("/status/projects/" + one.id() + "?atLeast=" + one.position());
            assertThat(status.header("Koinon-Position-Reached"))
                    .as(one.title() + ": " + status.said())
                    .contains("true");
            assertThat(status.body().path("title").asString()).isEqualTo(one.title());
            JsonNode timeline = auditor.get("/status/projects/" + one.id() + "/timeline")
                    .body()
                    .path("items");
            assertThat(timeline.size()).as("timeline of " + one.title()).isEqualTo(one.events());
        }
        assertThat(written).extracting(Written::title).doesNotHaveDuplicates();
        assertThat(titles("/proposals?call=" + call))
                .as("each idea is there once")
                .doesNotHaveDuplicates()
                .containsAll(written.stream().map(Written::title).toList());
    }

    private List<String> titles(String path) {
        List<String> titles = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = world.person("auditor")
                    .get(path + "&limit=200" + (after.isEmpty() ? "" : "&after=" + after))
                    .body();
            page.path("items").forEach(it -> titles.add(it.path("title").asString()));
            after = page.path("next").asString("");
        } while (!after.isEmpty());
        return titles;
    }

    int count() {
        return written.size();
    }

    @Override
    public void close() {
        enough = true;
        threads.shutdownNow();
    }
}
