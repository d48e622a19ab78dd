package koinon.eventing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

    private static String id(int partition, long offset) {
        var record = new ConsumerRecord<>("koinon.elsewhere", partition, offset, "some", new byte[0]);
        return DeadLetter.of("some.consumer", "thing/some", record, "Nobody can read it.", Instant.EPOCH)
                .id();
    }

    @Test
    void letters_in_the_order_of_their_ids_are_in_the_order_of_the_topic() {
        List<String> ids = Stream.of(9L, 10L, 99L, 100L, 1_000_000_000_000L)
                .map(it -> id(2, it))
                .toList();

        assertThat(ids).isSorted();
        assertThat(List.of(ids.getLast(), id(11, 0))).isSorted();
    }
}
