package koinon.eventing.consistency;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a verification compared and the differences that it found.
public final class ConsistencyReport {

    /// The most differences that are listed; further ones are only counted.
    static final int MOST_NAMED = 1_000;

    private final Map<String, Long> checked = new TreeMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private final List<Difference> notCompared = new ArrayList<>();
    private long unnamed;

    /// One difference between what is stored and what the topics say.
    ///
    /// @param subject whose it is, `<aggregate>/<id>`
    /// @param difference a sentence with both values
    public record Difference(String subject, String difference) {}

    /// @param checked how many items were compared, by kind
    /// @param differences empty: what is stored is what was published
    /// @param notCompared items that could not be compared, with the reason
    public record Report(Map<String, Long> checked, List<Difference> differences, List<Difference> notCompared) {}

    /// Adds to the number of compared items of a kind.
    public void checked(String what, long number) {
        checked.merge(what, number, Long::sum);
    }

    /// Adds a difference.
    public void differs(String subject, String sentence) {
        if (differences.size() < MOST_NAMED) differences.add(new Difference(subject, sentence));
        else unnamed++;
    }

    /// Adds an item that could not be compared, with the reason.
    public void notCompared(String subject, String sentence) {
        if (notCompared.size() < MOST_NAMED) notCompared.add(new Difference(subject, sentence));
    }

    /// The result so far.
    public Report report() {
        List<Difference> all = new ArrayList<>(differences);
        if (unnamed > 0) all.add(new Difference("*", unnamed + " more differ and are not named here."));
        return new Report(Map.copyOf(checked), List.copyOf(all), List.copyOf(notCompared));
    }
}
