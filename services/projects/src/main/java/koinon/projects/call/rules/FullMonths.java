package koinon.projects.call.rules;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import koinon.eventing.value.Sentence;

/// How long a project lasts, in months. A period of n months ends on the day before the same day n months later, and
/// where that month lacks the day, on the month's last day.
///
/// @param months the full months from the first to the last day
/// @param days the days after them
record FullMonths(LocalDate from, LocalDate to, int months, long days) {

    static FullMonths between(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) return new FullMonths(from, to, 0, 0);
        int months = (int) ChronoUnit.MONTHS.between(from, to);
        if (!lastDay(from, months + 1).isAfter(to)) months++;
        return new FullMonths(from, to, months, ChronoUnit.DAYS.between(lastDay(from, months), to));
    }

    /// The last day of a period of so many months from a day; of no month, the day before.
    static LocalDate lastDay(LocalDate from, int months) {
        LocalDate same = from.plusMonths(months);
        return same.getDayOfMonth() == from.getDayOfMonth() ? same.minusDays(1) : same;
    }

    boolean isShorterThan(int others) {
        return months < others;
    }

    boolean isLongerThan(int others) {
        return months > others || (months == others && days > 0);
    }

    Sentence sentence() {
        return Sentence.of(
                "duration.lasts",
                "It lasts from %s to %s: %s months and %s days.",
                "from",
                from,
                "to",
                to,
                "months",
                months,
                "days",
                days);
    }
}
