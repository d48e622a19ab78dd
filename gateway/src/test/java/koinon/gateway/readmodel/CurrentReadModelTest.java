package koinon.gateway.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.PartitionIndex;
import koinon.gateway.EventStories;
import koinon.gateway.topics.EventRecord;
import koinon.testing.time.Patience;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class CurrentReadModelTest {

    private static final PartitionIndex PARTITION_INDEX =
            new PartitionIndex(List.of("koinon.cities", "koinon.projects", "koinon.funding"));

    private final ReadModel readModel = ReadModel.empty(PARTITION_INDEX);
    private final CurrentReadModel currentReadModel = new CurrentReadModel(PARTITION_INDEX, new SimpleMeterRegistry());

    private static OffsetVector after(List<EventRecord> messages) {
        long[] next = PARTITION_INDEX.beginning().next();
        for (EventRecord it : messages) next[it.place()] = it.offset() + 1;
        return OffsetVector.of(next);
    }

    @Test
    void who_waits_for_an_event_goes_on_before_all_others_are_told() {
        currentReadModel.answerFrom(readModel, Set.of());
        List<EventRecord> story = EventStories.active().messages();
        var waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return currentReadModel.await(story.getLast().position(), Patience.LONGEST);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        var goneOn = new AtomicBoolean();
        currentReadModel.listen(
                (_, _) -> goneOn.set(waiting.completeOnTimeout(false, Patience.millis() / 2, TimeUnit.MILLISECONDS)
                        .join()));
        story.forEach(readModel::accept);
        readModel.upTo(after(story));
        assertThat(goneOn).isTrue();
    }

    @Test
    void as_of_is_the_very_same_until_a_time_is_another_one() {
        Instant first = EventStories.START;
        readModel.readToEnd("koinon.projects", first);
        readModel.readToEnd("koinon.cities", first);
        var before = readModel.asOf();
        readModel.readToEnd("koinon.cities", first);
        assertThat(readModel.asOf()).isSameAs(before);
        assertThat(readModel.asOfHeader())
                .as("nobody has compared it yet")
                .isEqualTo("koinon.cities=" + first + ",koinon.projects=" + first + ",unconfirmed");
        readModel.confirm();
        assertThat(readModel.asOfHeader()).isEqualTo("koinon.cities=" + first + ",koinon.projects=" + first);

        readModel.readToEnd("koinon.cities", first.plusSeconds(1));
        assertThat(readModel.asOfHeader())
                .isEqualTo("koinon.cities=" + first.plusSeconds(1) + ",koinon.projects=" + first);
    }

    @Test
    void what_is_cut_short_is_as_of_no_time_while_what_is_known_is_answered() {
        currentReadModel.answerFrom(readModel, Set.of());
        PARTITION_INDEX.topics().forEach(it -> readModel.readToEnd(it, EventStories.START));
        assertThat(readModel.isCaughtUp()).isTrue();
        readModel.truncated("koinon.cities");
        assertThat(readModel.asOf()).doesNotContainKey("koinon.cities").containsKey("koinon.projects");
        assertThat(readModel.missing()).containsExactly("koinon.cities");
        assertThat(readModel.isCaughtUp()).isTrue();
        assertThat(new TopicsHealth(currentReadModel).health().getStatus()).isNotEqualTo(Status.UP);
    }

    @Test
    void a_position_is_reached_when_all_that_follows_from_it_is_there() throws InterruptedException {
        currentReadModel.answerFrom(readModel, Set.of());
        List<EventRecord> story = EventStories.active().messages();
        story.forEach(readModel::accept);
        assertThat(currentReadModel.await(story.getLast().position(), Duration.ZERO))
                .as("in the middle of a batch")
                .isFalse();
        readModel.upTo(after(story));
        assertThat(currentReadModel.await(story.getLast().position(), Duration.ZERO))
                .isTrue();
    }
}
