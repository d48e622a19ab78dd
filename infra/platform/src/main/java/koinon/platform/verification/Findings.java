package koinon.platform.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a verification looked at and what it found to differ.
public final class Findings {

    /// The most differences that are named; what is beyond is counted.
    static final int MOST_NAMED = 1_000;

    private final Map<String, Long> checked = new TreeMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private final List<Difference> notCompared = new ArrayList<>();
    private long unnamed;

    /// One thing that is stored differently from what the topics say.
    ///
    /// @param subject whose it is, `<aggregate>/<id>`
    /// @param difference a sentence with both values
    public record Difference(String subject, String difference) {}

    /// @param checked how much was looked at, by what it is
    /// @param differences empty: what is stored is what was published
    /// @param notCompared what could not be looked at, with why: of it nothing is said
    public record Report(Map<String, Long> checked, List<Difference> differences, List<Difference> notCompared) {}

    /// Says how many more were looked at.
    public void checked(String what, long number) {
        checked.merge(what, number, Long::sum);
    }

    /// Says what differs.
    public void differs(String subject, String sentence) {
        if (differences.size() < MOST_NAMED) differences.add(new Difference(subject, sentence));
        else unnamed++;
    }

    /// Says what could not be looked at, and why.
    public void notCompared(String subject, String sentence) {
        if (notCompared.size() < MOST_NAMED) notCompared.add(new Difference(subject, sentence));
    }

    /// What was found so far.
    public Report report() {
        List<Difference> all = new ArrayList<>(differences);
        if (unnamed > 0) all.add(new Difference("*", unnamed + " more differ and are not named here."));
        return new Report(Map.copyOf(checked), List.copyOf(all), List.copyOf(notCompared));
    }
}
