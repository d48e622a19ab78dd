package koinon.gateway.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koinon.eventing.topic.PartitionIndex;
import koinon.gateway.EventStories;
import koinon.gateway.topics.EventRecord;
import org.junit.jupiter.api.Test;

class CorrectionsTest {

    private final List<EventRecord> events = drafted("Routes");
    private final ReadModel next = readModel(events);

    private static List<EventRecord> drafted(String title) {
        return EventStories.none()
                .cities()
                .call()
                .happens(
                        "proposal/p1",
                        "proposal.drafted",
                        "{'call':'c1','callVersion':1,'lead':'vn-hanoi','title':'" + title + "'}")
                .happens("proposal/p1", "proposal.partner-invited", "{'city':'th-bangkok'}")
                .messages();
    }

    private static ReadModel readModel(List<EventRecord> events) {
        var readModel =
                ReadModel.empty(new PartitionIndex(List.of("koinon.cities", "koinon.projects", "koinon.funding")));
        events.forEach(readModel::accept);
        return readModel;
    }

    @Test
    void nothing_is_corrected_where_both_say_the_same() {
        var corrections = new Corrections(readModel(events), next);
        assertThat(corrections.comparePending()).isTrue();
        assertThat(corrections.found()).isEmpty();
    }

    @Test
    void a_difference_after_the_same_events_is_found() {
        assertThat(new Corrections(readModel(drafted("Rumours")), next).found()).containsExactly("p1");
    }

    @Test
    void a_difference_is_found_as_soon_as_the_next_read_model_contains_the_events_that_it_lacked() {
        var behind = readModel(events.subList(0, events.size() - 1));
        var corrections = new Corrections(readModel(drafted("Rumours")), behind);
        assertThat(corrections.comparePending()).isFalse();
        assertThat(corrections.found()).isEmpty();

        behind.accept(events.getLast());
        assertThat(corrections.comparePending()).isTrue();
        assertThat(corrections.found()).containsExactly("p1");
    }

    @Test
    void a_difference_is_found_as_soon_as_the_current_read_model_contains_the_events_that_it_lacked() {
        List<EventRecord> tampered = drafted("Rumours");
        var before = readModel(tampered.subList(0, tampered.size() - 1));
        var corrections = new Corrections(before, next);
        assertThat(corrections.comparePending()).isFalse();

        before.accept(tampered.getLast());
        assertThat(corrections.comparePending()).isTrue();
        assertThat(corrections.found()).containsExactly("p1");
    }
}
