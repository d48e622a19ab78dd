package koinon.eventing.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import koinon.eventing.rule.ValidationFailed.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTest {

    private static Deadline at(String local, String zone) {
        return new Deadline(LocalDateTime.parse(local), zone);
    }

    @ParameterizedTest
    @CsvSource({
        "2027-10-31T01:59, 2027-10-30T23:59:00Z",
        "2027-10-31T02:00, 2027-10-31T01:00:00Z",
        "2027-10-31T02:30, 2027-10-31T01:30:00Z",
        "2027-10-31T03:00, 2027-10-31T02:00:00Z"
    })
    void a_local_time_that_exists_twice_means_the_later(String local, Instant instant) {
        assertThat(at(local, "Europe/Paris").instant()).isEqualTo(instant);
        assertThat(at(local, "Europe/Paris").violation("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2027-03-28T02:00", "2027-03-28T02:30", "2027-03-28T02:59:59"})
    void a_local_time_that_the_clocks_skip_is_no_deadline(String local) {
        assertThat(at(local, "Europe/Paris").violation("/closes"))
                .hasValueSatisfying(it -> assertThat(it.pointer()).isEqualTo("/closes/local"))
                .map(Violation::sentence)
                .hasValueSatisfying(it -> assertThat(it.text())
                        .isEqualTo("The clocks in Europe/Paris skip this time, from 2027-03-28T02:00"
                                + " to 2027-03-28T03:00; name another."));
    }

    @Test
    void the_first_moment_after_the_skipped_hour_is_one() {
        assertThat(at("2027-03-28T03:00", "Europe/Paris").violation("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Europe/Atlantis", "+07:00", "''"})
    void a_zone_that_belongs_to_no_place_is_named(String zone) {
        assertThat(at("2027-03-31T17:00", zone).violation("/closes"))
                .map(Violation::pointer)
                .hasValue("/closes/zone");
    }
}
