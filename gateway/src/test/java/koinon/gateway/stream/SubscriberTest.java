package koinon.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import koinon.gateway.reading.Offsets;
import koinon.gateway.reading.Places;
import org.junit.jupiter.api.Test;

class SubscriberTest {

    private static final Offsets START = new Places(List.of("koinon.projects")).beginning();

    @Test
    void a_project_that_changes_often_is_sent_once() throws InterruptedException {
        var subscriber = new Subscriber(START, 10);
        for (int i = 0; i < 100; i++) subscriber.changed(List.of("p1", "p2"), START);
        assertThat(subscriber.take(Duration.ZERO).projects()).containsExactly("p1", "p2");
        assertThat(subscriber.take(Duration.ZERO).projects()).isEmpty();
    }

    @Test
    void who_takes_too_slowly_is_dropped_with_nothing_more_to_send() throws InterruptedException {
        var subscriber = new Subscriber(START, 2);
        subscriber.changed(List.of("p1", "p2", "p3"), START);
        var batch = subscriber.take(Duration.ofSeconds(5));
        assertThat(batch.closed()).isTrue();
        assertThat(batch.projects()).isEmpty();
        subscriber.changed(List.of("p4"), START);
        assertThat(subscriber.take(Duration.ZERO).projects()).isEmpty();
    }
}
