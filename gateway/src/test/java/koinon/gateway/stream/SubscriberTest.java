package koinon.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import koinon.eventing.topic.PartitionIndex;
import org.junit.jupiter.api.Test;

class SubscriberTest {

    private static final StreamPosition START = new StreamPosition(
            new PartitionIndex(List.of("koinon.projects")).beginning(),
            Instant.parse("2026-03-01T00:00:00Z"),
            "topics-1");

    private final Subscriber subscriber = new Subscriber(START);

    @Test
    void a_project_that_changes_often_is_sent_once() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            subscriber.changed(Set.of("p1"), START);
            subscriber.changed(Set.of("p1", "p2"));
        }
        assertThat(subscriber.take(Duration.ZERO).projects()).containsExactlyInAnyOrder("p1", "p2");
        assertThat(subscriber.take(Duration.ZERO).projects()).isEmpty();
        subscriber.changed(Set.of("p1"));
        assertThat(subscriber.take(Duration.ZERO).projects()).containsExactly("p1");
    }

    @Test
    void what_one_event_changes_is_told_to_many_and_each_adds_only_to_its_own() throws InterruptedException {
        var other = new Subscriber(START);
        var changed = Set.of("p1", "p2");
        subscriber.changed(changed, START);
        other.changed(changed, START);
        other.changed(Set.of("p3"));
        assertThat(subscriber.take(Duration.ZERO).projects()).isSameAs(changed);
        assertThat(other.take(Duration.ZERO).projects()).hasSize(3);
    }

    @Test
    void however_many_projects_change_at_once_the_stream_goes_on() throws InterruptedException {
        subscriber.changed(Set.of("before"), START);
        subscriber.changed(IntStream.range(0, 50_000).mapToObj(it -> "p" + it).collect(Collectors.toSet()), START);
        var batch = subscriber.take(Duration.ZERO);
        assertThat(batch.closed()).isFalse();
        assertThat(batch.projects()).hasSize(50_001);
    }

    @Test
    void a_closed_one_has_nothing_more_to_send() throws InterruptedException {
        subscriber.changed(Set.of("p1"), START);
        subscriber.close();
        subscriber.changed(Set.of("p2"), START);
        var batch = subscriber.take(Duration.ofSeconds(5));
        assertThat(batch.closed()).isTrue();
        assertThat(batch.projects()).isEmpty();
    }
}
