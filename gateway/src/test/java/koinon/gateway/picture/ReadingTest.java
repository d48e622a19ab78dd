package koinon.gateway.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import koinon.gateway.Happenings;
import koinon.gateway.reading.Message;
import koinon.gateway.reading.Offsets;
import koinon.gateway.reading.Places;
import org.junit.jupiter.api.Test;

class ReadingTest {

    private static final Places PLACES = new Places(List.of("koinon.cities", "koinon.projects", "koinon.funding"));

    private final Picture picture = Picture.empty(PLACES);
    private final Reading reading = new Reading(PLACES, new SimpleMeterRegistry());

    private static Offsets after(List<Message> messages) {
        long[] next = PLACES.beginning().next();
        for (Message it : messages) next[it.place()] = it.offset() + 1;
        return Offsets.of(next);
    }

    @Test
    void a_position_is_reached_when_all_that_follows_from_it_is_there() throws InterruptedException {
        reading.answerFrom(picture, Set.of());
        List<Message> story = Happenings.active().messages();
        story.forEach(picture::heard);
        assertThat(reading.await(story.getLast().position(), Duration.ZERO))
                .as("in the middle of a batch")
                .isFalse();
        picture.upTo(after(story));
        assertThat(reading.await(story.getLast().position(), Duration.ZERO)).isTrue();
    }
}
