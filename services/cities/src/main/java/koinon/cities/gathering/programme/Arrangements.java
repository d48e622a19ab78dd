package koinon.cities.gathering.programme;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import koinon.cities.Violations;
import koinon.cities.fact.LocalName;
import koinon.cities.fact.Source;
import koinon.cities.gathering.time.Days;
import koinon.eventing.action.Deadline;
import koinon.eventing.redaction.FreeText;
import koinon.eventing.rule.ValidationFailed.Violation;
import org.jspecify.annotations.Nullable;

/// What the organisers settle about a gathering and may change until it is held.
///
/// @param otherNames by which it is known too
/// @param topics what is talked about, beside or instead of sessions; absent when unknown
/// @param registrationCloses delegations are registered before this moment; absent: before the first day
/// @param participants the categories of people that are expected; empty when unknown
/// @param sources where these facts come from
/// @param inferred which of the facts nobody states, and what they are inferred from; absent where there is none
public record Arrangements(
        List<LocalName> otherNames,
        @FreeText @Nullable String theme,
        @FreeText @Nullable String topics,
        @FreeText @Nullable String venue,
        Days days,
        @Nullable Deadline registrationCloses,
        List<Organiser> organisers,
        List<String> participants,
        List<Source> sources,
        @FreeText @Nullable String inferred) {

    private static final int MOST_NAMES = 20;
    private static final int MOST_ORGANISERS = 30;
    private static final int MOST_SOURCES = 30;
    private static final int LONGEST = 500;
    private static final int LONGEST_NOTE = 2000;

    public Arrangements {
        otherNames = List.copyOf(otherNames);
        organisers = List.copyOf(organisers);
        participants = List.copyOf(participants);
        sources = List.copyOf(sources);
    }

    /// What is wrong with them.
    ///
    /// @param pointer JSON pointer of them in the request
    public void check(String pointer, Violations violations) {
        violations.atMost(pointer + "/otherNames", otherNames, MOST_NAMES);
        each(otherNames, it -> otherNames.get(it).check(pointer + "/otherNames/" + it, violations));
        violations.optionalText(pointer + "/theme", theme, LONGEST);
        violations.optionalText(pointer + "/topics", topics, LONGEST_NOTE);
        violations.optionalLine(pointer + "/venue", venue, LONGEST);
        boolean known = days.check(pointer + "/days", violations);
        if (registrationCloses != null)
            checkRegistration(pointer + "/registrationCloses", registrationCloses, known, violations);
        violations.atMost(pointer + "/organisers", organisers, MOST_ORGANISERS);
        each(organisers, it -> organisers.get(it).check(pointer + "/organisers/" + it, violations));
        List<String> categories = new Category.Codes().get();
        violations.atMost(pointer + "/participants", participants, categories.size());
        each(participants, it -> violations.oneOf(pointer + "/participants/" + it, participants.get(it), categories));
        violations.atMost(pointer + "/sources", sources, MOST_SOURCES);
        each(sources, it -> sources.get(it).check(pointer + "/sources/" + it, violations));
        violations.optionalText(pointer + "/inferred", inferred, LONGEST_NOTE);
    }

    private void checkRegistration(String pointer, Deadline closes, boolean known, Violations violations) {
        Optional<Violation> wrong = closes.violation(pointer);
        violations.add(wrong);
        if (known && wrong.isEmpty() && closes.instant().isAfter(days.end()))
            violations.wrong(
                    pointer + "/local",
                    "gathering.registration-after-end",
                    "The registration closes before the gathering ends.");
    }

    private static void each(List<?> list, IntConsumer check) {
        IntStream.range(0, list.size()).forEach(check);
    }

    /// The first moment at which no delegation is registered any more.
    public Instant registrationEnd() {
        return registrationCloses == null ? days.begin() : registrationCloses.instant();
    }
}
