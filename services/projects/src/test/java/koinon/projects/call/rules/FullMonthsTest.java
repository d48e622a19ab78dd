package koinon.projects.call.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FullMonthsTest {

    @ParameterizedTest
    @CsvSource({
        "2027-07-01, 2028-06-30, 12",
        "2028-02-29, 2029-02-28, 12",
        "2027-01-31, 2027-02-28, 1",
        "2027-01-30, 2027-02-28, 1",
        "2027-01-29, 2027-02-28, 1",
        "2027-01-28, 2027-02-27, 1",
        "2028-01-31, 2028-02-29, 1",
        "2027-03-15, 2027-04-14, 1"
    })
    void a_period_ends_on_the_day_before_the_same_day_and_where_there_is_none_with_the_month(
            LocalDate from, LocalDate to, int months) {
        FullMonths lasts = FullMonths.between(from, to);

        assertThat(FullMonths.lastDay(from, months)).isEqualTo(to);
        assertThat(lasts.months()).isEqualTo(months);
        assertThat(lasts.days()).isZero();
        assertThat(lasts.isLongerThan(months) || lasts.isShorterThan(months)).isFalse();
    }

    @Test
    void a_single_day_is_no_full_month() {
        LocalDate day = LocalDate.parse("2027-07-01");

        assertThat(FullMonths.between(day, day)).isEqualTo(new FullMonths(day, day, 0, 1));
    }
}
