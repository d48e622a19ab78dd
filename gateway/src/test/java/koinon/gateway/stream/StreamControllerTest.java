package koinon.gateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.PartitionIndex;
import koinon.gateway.EventStories;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.status.Statuses;
import koinon.testing.time.Patience;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

class StreamControllerTest {

    private static final PartitionIndex PARTITION_INDEX =
            new PartitionIndex(List.of("koinon.cities", "koinon.projects", "koinon.funding"));

    private static final String TOPICS = "topics-1";

    private static final Actor AUDITOR = new Actor(
            "alma",
            List.of(new Mandate("m", "auditor", "network", null, null, null)),
            null,
            null,
            Instant.parse("2026-03-01T00:00:00Z"));

    private final CurrentReadModel currentReadModel = new CurrentReadModel(PARTITION_INDEX, new SimpleMeterRegistry());
    private final Statuses statuses = new Statuses(currentReadModel, Contracts.published(), Clock.systemUTC());
    private final StreamSettings settings = lasting(Duration.ofMinutes(5));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Streams streams = new Streams(statuses, settings, () -> TOPICS, Clock.systemUTC(), meters);
    private final StreamController controller = controller(settings);
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final EventStories stories = EventStories.none();

    StreamControllerTest() {
        streams.start();
    }

    private static StreamSettings lasting(Duration longest) {
        return new StreamSettings(10, 10, Duration.ofMinutes(5), longest);
    }

    private StreamController controller(StreamSettings by) {
        return controller(statuses, by);
    }

    /// No request here comes with a session, so none is watched.
    private StreamController controller(Statuses of, StreamSettings by) {
        return new StreamController(streams, of, currentReadModel, PARTITION_INDEX, by, null, Clock.systemUTC());
    }

    private StreamingResponseBody open(String method, @Nullable String last) {
        return open(controller, method, last);
    }

    private StreamingResponseBody open(StreamController by, String method, @Nullable String last) {
        return by.stream(
                AUDITOR, "statuses", null, null, null, null, last, new MockHttpServletRequest(method, "/"), response);
    }

    private StreamingResponseBody items(Actor actor, @Nullable String last, String... projects) {
        return controller.stream(
                actor,
                "items",
                List.of(projects),
                null,
                null,
                null,
                last,
                new MockHttpServletRequest("GET", "/"),
                response);
    }

    private void drafts(int some) {
        for (int i = 0; i < some; i++)
            stories.happens("proposal/d" + i, "proposal.drafted", "{'call':'c1','lead':'vn-hanoi','title':'T'}");
        stories.messages().forEach(currentReadModel.readModel()::accept);
    }

    private String sent(StreamingResponseBody body) throws Exception {
        body.writeTo(OutputStream.nullOutputStream());
        return response.getContentAsString();
    }

    /// What is sent until it contains this text; then the stream is ended.
    private String sent(StreamingResponseBody body, String text) throws Exception {
        var writing = CompletableFuture.runAsync(() -> {
            try {
                body.writeTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        await().until(() -> writing.isDone() || response.getContentAsString().contains(text));
        streams.stop();
        writing.join();
        return response.getContentAsString();
    }

    private double open() {
        return meters.get("koinon.gateway.streams").gauge().value();
    }

    private static String start() {
        return PARTITION_INDEX.beginning().encoded() + ".0." + TOPICS;
    }

    @Test
    void a_resume_is_sent_all_that_changed_however_much_it_is_and_an_id_only_with_the_last() throws Exception {
        drafts(10_001);
        String sent = sent(open("GET", start()), "\nid: ");
        assertThat(sent.split("event: status\n", -1)).hasSize(10_002);
        assertThat(sent.split("\nid: ", -1)).hasSize(2);
        assertThat(sent.substring(sent.indexOf("\nid: ")).split("event: status\n", -1))
                .hasSize(2);
    }

    @Test
    void a_stream_of_items_sends_the_item_of_the_list_and_the_etag_of_the_status_for_its_reader() throws Exception {
        drafts(3);
        String sent = sent(items(AUDITOR, null, "d0", "d2"), "\nid: ");
        var shown = statuses.find("d2").orElseThrow();
        assertThat(sent.split("event: item\n", -1)).hasSize(3);
        assertThat(sent)
                .contains(",\"item\":" + new String(shown.item(Reader.NETWORK).bytes(), UTF_8) + ",\"etag\":\"\\\""
                        + shown.rendering(Reader.NETWORK).etag().replace("\"", "") + "\\\"\"}\n\n")
                .doesNotContain("\"d1\"", "\"nextActions\"");
    }

    @Test
    void a_stream_of_items_shows_nobody_what_they_are_not_shown() throws Exception {
        drafts(3);
        var anyone = new Actor("nobody", List.of(), null, null, Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(sent(items(anyone, start(), "d0"), "\nid: ")).doesNotContain("event: item");
    }

    @Test
    void a_stream_of_too_many_projects_or_of_something_else_is_refused_with_all_that_is_wrong() {
        var projects = IntStream.range(0, 51).mapToObj(it -> "d" + it).toList();
        var request = new MockHttpServletRequest("GET", "/");
        assertThatThrownBy(
                        () -> controller.stream(AUDITOR, "rows", projects, null, null, null, null, request, response))
                .isInstanceOfSatisfying(
                        ValidationFailed.class,
                        it -> assertThat(it.violations()).hasSize(2));
        assertThat(open()).isZero();
    }

    @Test
    void a_resume_that_is_stopped_before_its_first_event_is_given_no_id() throws Exception {
        drafts(3);
        var body = open("GET", start());
        streams.stop();
        assertThat(sent(body)).isEqualTo("retry: 1000\n\n");
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense,unreadable",
        "AA.0.topics-1,other-topics",
        "%s.0.topics-2,other-topics",
        "%s.zzzzzzzzzzz.topics-1,ahead",
        "%s.!.topics-1,unreadable",
        "%s.0,unreadable"
    })
    void an_id_that_leads_nowhere_begins_the_stream_anew_and_is_told_why(String id, String why) throws Exception {
        drafts(2);
        String known = PARTITION_INDEX.beginning().encoded();
        String sent = sent(open("GET", id.formatted(known)), "\nid: ");
        assertThat(sent)
                .startsWith("retry: 1000\n\nevent: restarted\ndata: {\"reason\":{")
                .contains("\"key\":\"stream-restarted." + why + "\"")
                .doesNotContain("event: status");
    }

    @Test
    void a_stream_that_begins_anew_shows_its_projects_as_they_are() throws Exception {
        drafts(3);
        String sent = sent(items(AUDITOR, "nonsense", "d0", "d2"), "\nid: ");
        assertThat(sent.split("event: item\n", -1)).hasSize(3);
    }

    @Test
    void an_id_that_another_instance_has_read_further_is_waited_for() throws Exception {
        drafts(2);
        var offsets = OffsetVector.of(offsets());
        var body = open("GET", offsets.encoded() + ".0." + TOPICS);
        Executor later = CompletableFuture.delayedExecutor(
                100, TimeUnit.MILLISECONDS, task -> Thread.ofVirtual().start(task));
        var _ = CompletableFuture.runAsync(() -> currentReadModel.readModel().upTo(offsets), later);
        assertThat(sent(body, "\nid: ")).doesNotContain("restarted");
    }

    @Test
    void an_id_after_all_that_was_read_begins_the_stream_anew() throws Exception {
        drafts(2);
        assertThat(sent(items(AUDITOR, all(), "d1"), "\nid: "))
                .contains("stream-restarted.ahead", "\"d1\"")
                .doesNotContain("\"d0\"");
    }

    @Test
    void a_stream_ends_when_its_time_is_over_and_not_a_heartbeat_later() throws Exception {
        Instant begin = Instant.now();
        String sent = sent(open(controller(lasting(Duration.ofMillis(300))), "GET", null));
        assertThat(Duration.between(begin, Instant.now())).isBetween(Duration.ofMillis(250), Patience.LONGEST);
        assertThat(sent).matches("retry: 1000\n\n: alive\nid: \\S+\n\n");
        assertThat(open()).isZero();
    }

    @Test
    void who_asks_for_the_head_opens_no_stream() {
        assertThat(open("HEAD", null)).isNull();
        assertThat(response.getContentType()).startsWith("text/event-stream");
        assertThat(open()).isZero();
    }

    @Test
    void a_resume_that_cannot_be_told_what_changed_leaves_no_stream_open() {
        drafts(1);
        var timeless = new Statuses(currentReadModel, Contracts.published(), new NoClock());
        var broken = controller(timeless, settings);
        String all = all();
        assertThatThrownBy(() -> open(broken, "GET", all)).hasMessage("no time");
        assertThat(open()).isZero();
    }

    private static final class NoClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            throw new IllegalStateException("no time");
        }
    }

    private long[] offsets() {
        var next = new long[36];
        stories.messages().forEach(it -> next[it.place()] = it.offset() + 1);
        return next;
    }

    /// All topics have been read, so that only the clock can change something.
    private String all() {
        return OffsetVector.of(offsets()).encoded() + ".0." + TOPICS;
    }

    @Test
    void an_id_stands_where_the_clock_was_when_all_that_it_changed_had_been_told() throws Exception {
        Instant before = Instant.now();
        Thread.sleep(5);
        var body = open("GET", null);
        streams.passed(before);
        streams.changed(Set.of(), statuses.upTo());
        String sent = sent(body, "id: ");
        String id = sent.substring(sent.indexOf("id: ") + 4).trim();
        assertThat(StreamPosition.of(id, PARTITION_INDEX, TOPICS).moment().toEpochMilli())
                .isEqualTo(before.toEpochMilli());
    }
}
