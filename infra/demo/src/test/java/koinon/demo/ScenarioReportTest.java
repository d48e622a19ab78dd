package koinon.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import koinon.demo.client.Reply;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.client.Unexpected;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The demo proves something only if it can fail: here scenarios run against a gateway that answers wrongly.
class ScenarioReportTest {

    private static final String PERSON =
            "{\"key\":\"%s\",\"name\":\"%s\",\"clientId\":\"%s\",\"secret\":\"s\",\"subject\":\"x\"}";

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private static final String RESTARTED = "event: restarted\ndata: {\"reason\":{}}\n\nid: new\n\n";

    private final List<String> resumedFrom = new CopyOnWriteArrayList<>();
    private volatile boolean restarts;
    private final AtomicInteger failures = new AtomicInteger();
    private HttpServer server;
    private RunningKoinon world;
    private ScenarioReport report;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(command -> Thread.ofVirtual().start(command));
        answers("/demo-persons", 200, "[" + PERSON.replace("%s", "auditor") + "," + PERSON.replace("%s", "ha") + "]");
        answers("/oauth2/token", 200, "{\"access_token\":\"t\",\"expires_in\":3600}");
        answers("/api/v1/fine", 200, "{\"id\":\"p\",\"position\":\"proposal/p/7\"}");
        answers("/api/v1/refused", 409, "{\"type\":\"/problems/not-ready\",\"detail\":\"It is not ready.\"}");
        answers("/api/v1/status/projects/p", 200, "{\"id\":\"p\",\"phase\":\"DRAFT\"}");
        server.createContext("/api/v1/shaky", exchange -> {
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            answer(exchange, failures.getAndDecrement() > 0 ? 503 : 200, "{}");
        });
        server.createContext("/api/v1/status/stream", exchange -> {
            resumedFrom.add(String.valueOf(exchange.getRequestHeaders().getFirst("Last-Event-ID")));
            String phase = resumedFrom.size() == 1 ? "DRAFT" : "ACTIVE";
            String event = "id: %d\ndata: {\"status\":{\"id\":\"p\",\"phase\":\"%s\"}}\n\n"
                    .formatted(resumedFrom.size(), phase);
            answer(exchange, 200, restarts && resumedFrom.size() > 1 ? RESTARTED : event);
        });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        world = new RunningKoinon(address, address);
        report = new ScenarioReport(world, new PrintStream(log, true, UTF_8), Duration.ofMillis(500));
    }

    private void answers(String path, int status, String body) {
        server.createContext(path, exchange -> answer(exchange, status, body));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getResponseHeaders().set("Koinon-Position", "proposal/p/7");
        exchange.sendResponseHeaders(status, body.getBytes(UTF_8).length);
        exchange.getResponseBody().write(body.getBytes(UTF_8));
        exchange.close();
    }

    @AfterEach
    void close() {
        world.close();
        server.stop(0);
    }

    private Reply post(String path) {
        return world.person("ha").post(path);
    }

    @Test
    void a_refusal_that_was_expected_holds() {
        report.refused("She may not submit it", post("/refused"), 409, "not-ready");
        assertThat(report.allHeld()).isTrue();
    }

    @Test
    void a_refusal_that_did_not_come_or_came_by_another_rule_is_named() {
        report.refused("She may not submit it", post("/fine"), 409, "not-ready");
        report.refused("Nor may he", post("/refused"), 409, "wrong-state");
        assertThat(report.broken()).hasSize(2).first().asString().contains("She may not submit it");
    }

    @Test
    void a_step_that_is_refused_ends_the_story_and_is_named() {
        assertThatThrownBy(() -> report.did("She submits it", post("/refused"))).isInstanceOf(Unexpected.class);
        assertThat(report.broken()).singleElement().asString().contains("She submits it");
    }

    @Test
    void a_change_that_the_status_does_not_reach_in_time_is_named() {
        report.did("She submits it", "p", post("/fine"));
        assertThat(report.broken()).singleElement().asString().contains("has not reached proposal/p/7");
    }

    @Test
    void what_the_stream_never_shows_ends_the_story() {
        assertThatThrownBy(
                        () -> report.shows("It is closed", "p", it -> it.phase().equals("CLOSED")))
                .isInstanceOf(Unexpected.class);
        assertThat(report.allHeld()).isFalse();
    }

    @Test
    void a_stream_that_begins_anew_reads_again_what_it_keeps() {
        server.removeContext("/api/v1/status/projects/p");
        answers("/api/v1/status/projects/p", 200, "{\"id\":\"p\",\"phase\":\"CLOSED\"}");
        restarts = true;
        assertThat(world.live().await("p", it -> it.phase().equals("CLOSED"), Duration.ofSeconds(10)))
                .isPresent();
        assertThat(resumedFrom).startsWith("null", "1");
    }

    @Test
    void a_stream_that_broke_off_goes_on_where_it_was() {
        assertThat(world.live().await("p", it -> it.phase().equals("ACTIVE"), Duration.ofSeconds(10)))
                .isPresent();
        assertThat(resumedFrom).startsWith("null", "1");
    }

    @Test
    void a_request_whose_outcome_nobody_knows_is_sent_again_under_the_same_key() {
        failures.set(2);
        assertThat(world.person("ha").post("/shaky", Map.of("a", "b")).status()).isEqualTo(200);
        assertThat(keys).hasSize(3).doesNotContainNull();
        assertThat(keys.stream().distinct()).hasSize(1);
    }

    @Test
    void the_end_says_what_did_not_hold() {
        report.expect("Two and two are five", false, 4);
        report.sumUp();
        assertThat(log.toString(UTF_8))
                .contains("0 expectations held, 1 did not")
                .contains("found 4");
    }
}
