package koinon.gateway.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import koinon.gateway.Happenings;
import koinon.gateway.reading.Message;
import koinon.gateway.reading.Offsets;
import koinon.gateway.reading.Places;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

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
    void who_waits_for_an_event_goes_on_before_all_others_are_told() {
        reading.answerFrom(picture, Set.of());
        List<Message> story = Happenings.active().messages();
        var waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return reading.await(story.getLast().position(), Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        var goneOn = new AtomicBoolean();
        reading.listen((_, _) ->
                goneOn.set(waiting.completeOnTimeout(false, 5, TimeUnit.SECONDS).join()));
        story.forEach(picture::heard);
        picture.upTo(after(story));
        assertThat(goneOn).isTrue();
    }

    @Test
    void as_of_is_the_very_same_until_a_time_is_another_one() {
        Instant first = Happenings.START;
        picture.readToItsEnd("koinon.projects", first);
        picture.readToItsEnd("koinon.cities", first);
        var before = picture.asOf();
        picture.readToItsEnd("koinon.cities", first);
        assertThat(picture.asOf()).isSameAs(before);
        assertThat(picture.asOfHeader())
                .as("nobody has compared it yet")
                .isEqualTo("koinon.cities=" + first + ",koinon.projects=" + first + ",unconfirmed");
        picture.confirm();
        assertThat(picture.asOfHeader()).isEqualTo("koinon.cities=" + first + ",koinon.projects=" + first);

        picture.readToItsEnd("koinon.cities", first.plusSeconds(1));
        assertThat(picture.asOfHeader())
                .isEqualTo("koinon.cities=" + first.plusSeconds(1) + ",koinon.projects=" + first);
    }

    @Test
    void what_is_cut_short_is_as_of_no_time_while_what_is_known_is_answered() {
        reading.answerFrom(picture, Set.of());
        PLACES.topics().forEach(it -> picture.readToItsEnd(it, Happenings.START));
        assertThat(picture.isCaughtUp()).isTrue();
        picture.cutShort("koinon.cities");
        assertThat(picture.asOf()).doesNotContainKey("koinon.cities").containsKey("koinon.projects");
        assertThat(picture.missing()).containsExactly("koinon.cities");
        assertThat(picture.isCaughtUp()).isTrue();
        assertThat(new TopicsHealth(reading).health().getStatus()).isNotEqualTo(Status.UP);
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
