package koinon.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import koinon.eventing.topic.OffsetVector;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import koinon.testing.infrastructure.TestInfrastructure;
import koinon.testing.time.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@Import(GatewayFixture.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"koinon.stream.heartbeat=300ms", "koinon.stream.most=4", "koinon.status.tick=100ms"})
@Tag("parts")
class StreamTest {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private MeterRegistry meters;

    private final String id = UUID.randomUUID().toString();
    private final Tokens.Person auditor = Tokens.person("alma").mandate("auditor", "network");
    private final List<Reader> readers = new ArrayList<>();

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) {
        GatewayFixture.properties(properties);
    }

    @BeforeEach
    void ready() {
        await().until(() -> Api.at(port).get("/actuator/health/readiness").status() == 200);
    }

    @AfterEach
    void close() {
        readers.forEach(Reader::close);
        clock.reset();
        await().until(() -> meters.get("koinon.gateway.streams").gauge().value() == 0);
    }

    /// One event: its id, and its data without a line break; a heartbeat has no data.
    private record Event(String id, String data) {

        boolean has(String part) {
            return data.contains(part);
        }
    }

    /// A client of the stream, like a dashboard.
    private final class Reader implements AutoCloseable {

        private final List<Event> events = new CopyOnWriteArrayList<>();
        private final HttpResponse<java.io.InputStream> response;

        Reader(int at, String query, String last, Tokens.Person person) {
            var request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + "/api/v1/status/stream" + query));
            if (last != null) request.header("Last-Event-ID", last);
            if (person != null) request.header("Authorization", person.bearer());
            try {
                response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (response.statusCode() == 200) Thread.ofVirtual().start(this::read);
            readers.add(this);
        }

        private void read() {
            try (var lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
                String eventId = "";
                String data = "";
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("id: ")) eventId = line.substring(4);
                    if (line.startsWith("data: ")) data = line.substring(6);
                    if (!line.isEmpty()) continue;
                    events.add(new Event(eventId, data));
                    data = "";
                }
            } catch (IOException _) {
                // Closed.
            }
        }

        String last() {
            assertThat(response.statusCode()).isEqualTo(200);
            await().until(() -> !events.isEmpty() && !events.getLast().id().isEmpty());
            return events.getLast().id();
        }

        /// Until two more events have come, of which the last says how far the stream is by now.
        void goesOn() {
            int before = events.size();
            await().until(() -> events.size() > before + 1);
        }

        void shows(String part) {
            await().untilAsserted(() -> assertThat(events).anyMatch(it -> it.has(id) && it.has(part)));
        }

        @Override
        public void close() {
            try {
                response.body().close();
            } catch (IOException _) {
                // Closed.
            }
        }
    }

    private Reader reader(String query, String last) {
        return new Reader(port, query, last, auditor);
    }

    @Test
    void each_change_of_a_project_is_sent_as_it_happens_with_as_of() {
        var reader = reader("", null);
        reader.last();
        GatewayFixture.publish(EventStories.none().cities().call().draft(), id);
        reader.shows("\"phase\":\"DRAFT\"");
        GatewayFixture.publish(EventStories.active(), id);
        reader.shows("\"phase\":\"ACTIVE\"");
        assertThat(reader.events.stream()
                        .filter(it -> it.has(id))
                        .findFirst()
                        .orElseThrow()
                        .data())
                .startsWith("{\"asOf\":{\"koinon.cities\":");
    }

    @Test
    void a_reader_that_was_away_is_sent_what_changed_since_and_nothing_else() {
        GatewayFixture.publish(EventStories.none().cities().call().draft(), id);
        var first = reader("?project=" + id, null);
        first.shows("DRAFT");
        String other = UUID.randomUUID().toString();
        GatewayFixture.publish(EventStories.none().draft(), other);
        await().until(() ->
                Api.at(port).as(auditor).get("/api/v1/status/projects/" + other).status() == 200);
        first.goesOn();
        String last = first.last();
        first.close();

        var nothing = reader("", last);
        nothing.last();
        assertThat(nothing.events).noneMatch(it -> it.has("status"));

        GatewayFixture.publish(EventStories.active(), id);
        await().until(() -> Api.at(port)
                .as(auditor)
                .get("/api/v1/status/projects/" + id)
                .text("/phase")
                .equals("ACTIVE"));
        var again = reader("", last);
        again.shows("ACTIVE");
        assertThat(again.events).noneMatch(it -> it.has(other));
    }

    @Test
    void another_copy_of_the_gateway_resumes_where_this_one_stopped() {
        GatewayFixture.publish(EventStories.none().cities().call().draft(), id);
        var first = reader("?project=" + id, null);
        first.shows("DRAFT");
        first.goesOn();
        String last = first.last();
        first.close();
        GatewayFixture.publish(EventStories.active(), id);
        try (var copy = new SpringApplication(Application.class)
                .run(
                        "--server.port=0",
                        "--spring.jmx.enabled=false",
                        "--spring.kafka.bootstrap-servers=" + TestInfrastructure.bootstrap(),
                        "--koinon.identity.issuer=" + Tokens.issuer())) {
            int other = Integer.parseInt(copy.getEnvironment().getProperty("local.server.port", "0"));
            await().until(() -> Api.at(other).get("/actuator/health/readiness").status() == 200);
            new Reader(other, "?project=" + id, last, auditor).shows("ACTIVE");
        }
    }

    @Test
    void filters_and_audience_hold_for_streams_too() {
        var bangkok = reader("?city=th-bangkok", null);
        var berlin = reader("?city=de-berlin", null);
        var anyone = new Reader(port, "", null, null);
        bangkok.last();
        berlin.last();
        anyone.last();
        GatewayFixture.publish(EventStories.none().cities().call().draft().partners(), id);
        bangkok.shows("DRAFT");
        GatewayFixture.publish(EventStories.active(), id);
        anyone.shows("ACTIVE");
        assertThat(anyone.events).noneMatch(it -> it.has("DRAFT") || it.has("\"nextActions\""));
        assertThat(berlin.events).noneMatch(it -> it.has("status"));
    }

    @Test
    void what_the_clock_alone_changes_is_sent_too() {
        // First, because a status that was derived at a later time does not change when the clock goes back.
        clock.set(Instant.parse("2026-05-18T23:45:00Z"));
        GatewayFixture.publish(EventStories.active(), id);
        var reader = reader("?project=" + id, null);
        reader.shows("ON_TRACK");
        clock.set(Instant.parse("2026-05-19T00:00:01Z"));
        reader.shows("DUE_SOON");
    }

    @Test
    void a_stream_says_that_it_is_alive_and_there_are_not_too_many_of_them() {
        for (int i = 0; i < 4; i++) reader("", null).last();
        readers.getFirst().goesOn();
        var fifth = reader("", null);
        assertThat(fifth.response.statusCode()).isEqualTo(503);
        assertThat(fifth.response.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void a_reader_whose_id_leads_nowhere_begins_anew_is_told_so_and_goes_on() {
        GatewayFixture.publish(EventStories.none().cities().call().draft(), id);
        var first = reader("?project=" + id, null);
        first.shows("DRAFT");
        String[] parts = first.last().split("\\.", -1);
        assertThat(parts[2]).as("the topics").matches("[A-Za-z0-9_-]{8}");
        first.close();
        for (String last : new String[] {
            "nonsense",
            parts[0] + "." + parts[1] + ".another1",
            OffsetVector.of(new long[3]).encoded() + "." + parts[1] + "." + parts[2],
            OffsetVector.of(LongStream.generate(() -> 1_000_000).limit(36).toArray())
                            .encoded() + "." + parts[1] + "." + parts[2]
        }) {
            var anew = reader("?project=" + id, last);
            anew.shows("DRAFT");
            assertThat(anew.events.stream().map(Event::data).filter(it -> !it.isEmpty()))
                    .as(last)
                    .first()
                    .asString()
                    .contains("\"key\":\"stream-restarted.");
            String next = anew.last();
            anew.close();
            var again = reader("?project=" + id, next);
            again.last();
            assertThat(again.events).noneMatch(it -> it.has("stream-restarted"));
            again.close();
            await().until(() -> meters.get("koinon.gateway.streams").gauge().value() == 0);
        }
    }

    @Test
    void several_projects_are_one_parameter() {
        String other = UUID.randomUUID().toString();
        for (String it : new String[] {id, other})
            GatewayFixture.publish(EventStories.none().cities().call().draft(), it);
        var both = reader("?project=" + id + "," + other, null);
        both.shows("DRAFT");
        await().untilAsserted(() -> assertThat(both.events).anyMatch(it -> it.has(other)));
        assertThat(reader("?project=" + id + "&project=" + other, null).response.statusCode())
                .isEqualTo(400);
    }
}
