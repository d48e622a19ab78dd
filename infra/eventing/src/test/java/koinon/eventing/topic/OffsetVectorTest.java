package koinon.eventing.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetVectorTest {

    @Property(tries = 300)
    void whatever_is_written_is_read_again(@ForAll @Size(36) List<@LongRange(min = 0) Long> next) {
        OffsetVector offsets = OffsetVector.of(next.stream().mapToLong(it -> it).toArray());
        assertThat(OffsetVector.decoded(offsets.encoded(), 36)).isEqualTo(offsets);
    }

    @Test
    void what_was_written_when_partitions_had_been_added_is_read_with_them() {
        OffsetVector offsets = OffsetVector.of(new long[] {5, 300, 0, 7});
        assertThat(OffsetVector.decoded(offsets.encoded(), 3)).isEqualTo(offsets);
    }

    @Test
    void a_partition_that_is_added_has_a_place_behind_all_others() {
        PartitionIndex places = new PartitionIndex(List.of("one", "other"));
        assertThat(List.of(places.of("one", 0), places.of("other", 11), places.of("one", 12), places.of("other", 12)))
                .containsExactly(0, 23, 24, 25);
    }

    @Test
    void after_an_event_they_contain_it_and_all_before_also_of_an_added_partition_and_never_less() {
        OffsetVector offsets = OffsetVector.of(new long[] {5, 0});
        assertThat(offsets.after(3, 7)).isEqualTo(OffsetVector.of(new long[] {5, 0, 0, 8}));
        assertThat(offsets.after(0, 2)).isEqualTo(offsets);
    }

    @Test
    void they_contain_what_lies_before_them() {
        OffsetVector offsets = OffsetVector.of(new long[] {5, 0});
        assertThat(offsets.contain(0, 4)).isTrue();
        assertThat(offsets.contain(0, 5)).isFalse();
        assertThat(offsets.contain(1, 0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AA", "!!", "AQAA", "AQCAgICAgICAgICAgA", "AgAA"})
    void what_nobody_wrote_is_refused(String text) {
        assertThatThrownBy(() -> OffsetVector.decoded(text, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
