package koinon.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import koinon.eventing.model.Position;
import koinon.eventing.topic.OffsetVector;
import koinon.gateway.EventStories;
import koinon.gateway.audience.Audience;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.topics.EventRecord;
import koinon.testing.time.TestClock;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FoldTest {

    private static final Instant NOW = Instant.parse("2026-06-10T00:00:00Z");

    private record Copy(Statuses statuses, CurrentReadModel currentReadModel, SimpleMeterRegistry meters) {

        static Copy at(Clock clock) {
            var meters = new SimpleMeterRegistry();
            var currentReadModel = new CurrentReadModel(StatusRulesTest.PARTITION_INDEX, meters);
            return new Copy(new Statuses(currentReadModel, Contracts.published(), clock), currentReadModel, meters);
        }

        void accept(EventRecord message) {
            currentReadModel.readModel().accept(message);
        }

        double counted(String what) {
            return meters.get("koinon.gateway." + what).functionCounter().count();
        }

        String bytes() {
            return new String(
                    statuses.find("p1").orElseThrow().rendering(Reader.NETWORK).bytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<EventRecord> story() {
        return EventStories.active()
                .advance("payable", "requested", "authorised", "sent", "paid")
                .milestone("ms1", "milestone-reported", ",'text':'done'")
                .milestone("ms1", "milestone-verified", ",'achieved':0.8,'reason':'most'")
                .agreement(
                        "m1",
                        "agreement.tranche-payable",
                        "'tranche':'t2','amount':{'amount':'4200.00','currency':'EUR'}")
                .happens("city/vn-hanoi", "city.field-changed", "{'field':'Music'}")
                .messages();
    }

    @Property(tries = 200)
    void whichever_way_topics_and_partitions_interleave_and_whatever_comes_twice_the_status_is_the_same(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int look) throws InterruptedException {
        var inOrder = Copy.at(Clock.fixed(NOW, ZoneOffset.UTC));
        story().forEach(inOrder::accept);

        var random = new Random(seed);
        Map<Integer, List<EventRecord>> partitions = new LinkedHashMap<>();
        story().forEach(it ->
                partitions.computeIfAbsent(it.place(), _ -> new ArrayList<>()).add(it));
        var copy = Copy.at(Clock.fixed(NOW, ZoneOffset.UTC));
        List<EventRecord> accepted = new ArrayList<>();
        while (!partitions.isEmpty()) {
            int place = List.copyOf(partitions.keySet()).get(random.nextInt(partitions.size()));
            accepted.add(partitions.get(place).removeFirst());
            if (partitions.get(place).isEmpty()) partitions.remove(place);
            copy.accept(accepted.getLast());
            EventRecord twice = accepted.get(random.nextInt(accepted.size()));
            if (random.nextInt(4) == 0) copy.accept(random.nextBoolean() ? twice : EventStories.sentAgain(twice));
            // Reads in between must not change the result.
            if (accepted.size() % look == 0) copy.statuses.find("p1");
        }

        assertThat(copy.bytes()).isEqualTo(inOrder.bytes());
        var next = new long[36];
        accepted.forEach(it -> next[it.place()] = Math.max(next[it.place()], it.offset() + 1));
        copy.currentReadModel.readModel().upTo(OffsetsOf.these(next));
        assertThat(copy.currentReadModel.await(new Position("project/p1", 6), Duration.ZERO))
                .isTrue();
    }

    @Test
    void a_missing_event_is_counted_and_the_rest_goes_on() throws InterruptedException {
        var copy = Copy.at(Clock.fixed(NOW, ZoneOffset.UTC));
        var story = new ArrayList<>(story());
        story.removeIf(it -> it.position().equals(new Position("project/p1", 2)));
        story.forEach(copy::accept);
        assertThat(copy.counted("gaps")).isEqualTo(1);
        assertThat(copy.statuses.find("p1").orElseThrow().status().phase()).isEqualTo("ACTIVE");
    }

    @Test
    void an_unreadable_event_is_counted_and_the_rest_goes_on() {
        var copy = Copy.at(Clock.fixed(NOW, ZoneOffset.UTC));
        EventStories.active()
                .happens("project/p1", "project.milestone-verified", "{'milestone':'ms1','achieved':'lots'}")
                .project("suspended")
                .messages()
                .forEach(copy::accept);
        assertThat(copy.counted("unreadable")).isEqualTo(1);
        assertThat(copy.statuses.find("p1").orElseThrow().status().phase()).isEqualTo("SUSPENDED");
    }

    @Test
    void an_event_of_a_type_nobody_knows_yet_changes_nothing() {
        var copy = Copy.at(Clock.fixed(NOW, ZoneOffset.UTC));
        EventStories.active().messages().forEach(copy::accept);
        var before = copy.statuses.find("p1").orElseThrow();
        EventStories.active()
                .happens("project/p1", "project.renamed-by-a-later-version", "{}")
                .messages()
                .forEach(copy::accept);
        assertThat(copy.statuses.find("p1").orElseThrow()).isSameAs(before);
        assertThat(copy.counted("unreadable")).isZero();
    }

    @Test
    void bytes_hold_until_the_clock_changes_the_health_and_then_whoever_listens_is_told() {
        var clock = new TestClock();
        clock.set(Instant.parse("2026-05-18T23:00:00Z"));
        var copy = Copy.at(clock);
        List<String> changedByClock = new ArrayList<>();
        copy.statuses.listen(new Statuses.Listener() {
            @Override
            public void changed(Set<String> projects, OffsetVector upTo) {}

            @Override
            public void changedByClock(String project) {
                changedByClock.add(project);
            }
        });
        EventStories.active().messages().forEach(copy::accept);
        var before = copy.statuses.find("p1").orElseThrow().rendering(Reader.NETWORK);
        clock.advance(Duration.ofMinutes(30));
        copy.statuses.tick();
        assertThat(copy.statuses.find("p1").orElseThrow().rendering(Reader.NETWORK))
                .isSameAs(before);
        assertThat(changedByClock).isEmpty();
        clock.advance(Duration.ofMinutes(40));
        copy.statuses.tick();
        assertThat(changedByClock).containsExactly("p1");
        assertThat(copy.statuses
                        .find("p1")
                        .orElseThrow()
                        .rendering(Reader.NETWORK)
                        .etag())
                .isNotEqualTo(before.etag());
    }

    @Test
    void what_changed_since_an_event_of_a_stream_is_known_whatever_the_copy() {
        var story = story();
        var now = Instant.parse("2026-08-20T00:00:00Z");
        var copy = Copy.at(Clock.fixed(now, ZoneOffset.UTC));
        story.forEach(copy::accept);
        var all = new long[36];
        story.forEach(it -> all[it.place()] = Math.max(all[it.place()], it.offset() + 1));
        assertThat(copy.statuses.changedSince(OffsetsOf.these(all), now)).isEmpty();
        assertThat(copy.statuses.changedSince(OffsetsOf.these(all), Instant.parse("2026-08-17T00:00:00Z")))
                .as("a milestone became due soon since")
                .containsExactly("p1");
        var last = story.getLast();
        all[last.place()] = last.offset();
        assertThat(copy.statuses.changedSince(OffsetsOf.these(all), now))
                .as("the lead's city changed its field")
                .containsExactly("p1");
    }

    @Test
    void a_stream_tells_of_a_change_only_who_may_see_the_event_behind_it() {
        var story = EventStories.none()
                .cities()
                .call()
                .draft()
                .partners()
                .committed()
                .submitted();
        var now = Instant.parse("2026-03-02T00:00:00Z");
        var copy = Copy.at(Clock.fixed(now, ZoneOffset.UTC));
        story.messages().forEach(copy::accept);
        var known = new long[36];
        story.messages().forEach(it -> known[it.place()] = it.offset() + 1);
        var before = OffsetsOf.these(known);
        copy.accept(story.copy().recorded("ELIGIBLE").messages().getLast());

        assertThat(copy.statuses.changedSince("p1", Reader.NETWORK, before, now))
                .isTrue();
        var hanoi = new Reader(Audience.PARTICIPANTS, Set.of("city/vn-hanoi"));
        assertThat(copy.statuses.changedSince("p1", hanoi, before, now)).isFalse();
    }

    /// Encodes and decodes offsets, as a stream does.
    private static final class OffsetsOf {

        static OffsetVector these(long[] next) {
            var out = new java.io.ByteArrayOutputStream();
            out.write(1);
            for (long it : next) {
                if (it > 127) throw new IllegalArgumentException();
                out.write((int) it);
            }
            return StatusRulesTest.PARTITION_INDEX.decoded(
                    java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray()));
        }
    }

    @Test
    void what_was_asked_for_lately_is_kept_whole_and_the_rest_makes_room() {
        var recent = Statuses.recentlyRendered(10);
        var copy = Copy.at(Clock.fixed(NOW, ZoneOffset.UTC));
        story().forEach(copy::accept);
        var shown = copy.statuses.find("p1").orElseThrow();
        for (int i = 0; i < 100; i++) {
            recent.put("p" + i, shown);
            // The cache makes room in the background; here it does so at once.
            recent.cleanUp();
            assertThat(recent.getIfPresent("p0"))
                    .as("asked for again and again")
                    .isSameAs(shown);
        }
        assertThat(recent.estimatedSize()).isEqualTo(10);
    }
}
