package koinon.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import koinon.gateway.Happenings;
import koinon.gateway.audience.Contracts;
import koinon.gateway.picture.Reading;
import koinon.gateway.reading.Offsets;
import koinon.gateway.reading.Places;
import koinon.gateway.status.Statuses;
import koinon.platform.model.By;
import koinon.platform.model.Mandate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

class StreamControllerTest {

    private static final Places PLACES = new Places(List.of("koinon.cities", "koinon.projects", "koinon.funding"));

    private static final By AUDITOR = new By(
            "alma",
            List.of(new Mandate("m", "auditor", "network", null, null, null)),
            null,
            null,
            Instant.parse("2026-03-01T00:00:00Z"));

    private final Reading reading = new Reading(PLACES, new SimpleMeterRegistry());
    private final Statuses statuses = new Statuses(reading, Contracts.published(), Clock.systemUTC());
    private final StreamSettings settings = new StreamSettings(10, 10, Duration.ofSeconds(10), Duration.ofMillis(300));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Streams streams = new Streams(statuses, settings, Clock.systemUTC(), meters);
    private final StreamController controller =
            new StreamController(streams, statuses, reading, PLACES, settings, Clock.systemUTC());
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final Happenings happenings = Happenings.none();

    StreamControllerTest() {
        streams.start();
    }

    private StreamingResponseBody open(String method, @Nullable String last) {
        return open(controller, method, last);
    }

    private StreamingResponseBody open(StreamController by, String method, @Nullable String last) {
        return by.stream(AUDITOR, null, null, null, null, last, new MockHttpServletRequest(method, "/"), response);
    }

    private void drafts(int some) {
        for (int i = 0; i < some; i++)
            happenings.happens("proposal/d" + i, "proposal.drafted", "{'call':'c1','lead':'vn-hanoi','title':'T'}");
        happenings.messages().forEach(reading.picture()::heard);
    }

    private String sent(StreamingResponseBody body) throws Exception {
        body.writeTo(OutputStream.nullOutputStream());
        return response.getContentAsString();
    }

    private double open() {
        return meters.get("koinon.gateway.streams").gauge().value();
    }

    private static String start() {
        return PLACES.beginning().encoded() + ".0";
    }

    @Test
    void a_resume_is_sent_all_that_changed_however_much_it_is_and_an_id_only_with_the_last() throws Exception {
        drafts(10_001);
        String sent = sent(open("GET", start()));
        assertThat(sent.split("event: status\n", -1)).hasSize(10_002);
        assertThat(sent.split("\nid: ", -1)).hasSize(2);
        assertThat(sent.substring(sent.indexOf("\nid: ")).split("event: status\n", -1))
                .hasSize(2);
    }

    @Test
    void a_resume_that_is_stopped_before_its_first_event_is_given_no_id() throws Exception {
        drafts(3);
        var body = open("GET", start());
        streams.stop();
        assertThat(sent(body)).isEqualTo("retry: 1000\n\n");
    }

    @Test
    void a_stream_ends_when_its_time_is_over_and_not_a_heartbeat_later() throws Exception {
        Instant begin = Instant.now();
        String sent = sent(open("GET", null));
        assertThat(Duration.between(begin, Instant.now())).isBetween(Duration.ofMillis(250), Duration.ofSeconds(5));
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
        var timeless = new Statuses(reading, Contracts.published(), new NoClock());
        var broken = new StreamController(streams, timeless, reading, PLACES, settings, Clock.systemUTC());
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

    /// Everything has been read, so that only the clock can have changed something.
    private String all() {
        var next = new long[36];
        happenings.messages().forEach(it -> next[it.place()] = it.offset() + 1);
        return Offsets.of(next).encoded() + ".0";
    }

    @Test
    void an_id_stands_where_the_clock_was_when_all_that_it_changed_had_been_told() throws Exception {
        Instant before = Instant.now();
        Thread.sleep(5);
        var body = open("GET", null);
        streams.passed(before);
        streams.changed(Set.of(), statuses.upTo());
        String sent = sent(body);
        String id = sent.substring(sent.indexOf("id: ") + 4).trim();
        assertThat(Mark.of(id, PLACES).moment().toEpochMilli()).isEqualTo(before.toEpochMilli());
    }
}
