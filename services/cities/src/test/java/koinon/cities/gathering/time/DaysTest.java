package koinon.cities.gathering.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

/// The days of a gathering when the clock changes.
class DaysTest {

    @Test
    void a_day_whose_first_hour_is_skipped_begins_with_its_first_moment() {
        var days = new Days(LocalDate.of(2027, 4, 30), LocalDate.of(2027, 4, 30), "Africa/Cairo");

        assertThat(days.begin()).isEqualTo(Instant.parse("2027-04-29T22:00:00Z"));
        assertThat(days.end()).isEqualTo(Instant.parse("2027-04-30T21:00:00Z"));
        assertThat(days.endMoment().at()).isEqualTo(days.end());
    }

    @Test
    void days_across_a_change_of_the_clock_end_an_hour_earlier_or_later() {
        var spring = new Days(LocalDate.of(2027, 3, 27), LocalDate.of(2027, 3, 28), "Europe/Vienna");
        var autumn = new Days(LocalDate.of(2027, 10, 30), LocalDate.of(2027, 10, 31), "Europe/Vienna");

        assertThat(spring.begin()).isEqualTo(Instant.parse("2027-03-26T23:00:00Z"));
        assertThat(spring.end()).isEqualTo(Instant.parse("2027-03-28T22:00:00Z"));
        assertThat(autumn.begin()).isEqualTo(Instant.parse("2027-10-29T22:00:00Z"));
        assertThat(autumn.end()).isEqualTo(Instant.parse("2027-10-31T23:00:00Z"));
    }

    @Test
    void a_local_time_that_exists_twice_means_the_later() {
        var autumn = new Days(LocalDate.of(2027, 10, 31), LocalDate.of(2027, 10, 31), "Europe/Vienna");

        assertThat(autumn.instant(LocalDateTime.of(2027, 10, 31, 2, 30)))
                .isEqualTo(Instant.parse("2027-10-31T01:30:00Z"));
        assertThat(autumn.instant(null)).isNull();
    }
}
