package koinon.gateway.store;

import java.util.Optional;
import java.util.regex.Pattern;
import koinon.gateway.readmodel.ProjectionType;

/// One stored read model with its timelines. A new version is filled beside the current one.
///
/// @param version of the stored format ([ProjectionType#VERSION]); another one is neither read nor written
/// @param number counts the rebuilds
record ReadModelVersion(int version, long number) {

    private static final Pattern NAME = Pattern.compile("(?:aggregates|timelines)_(\\d{1,9})_(\\d{1,18})");

    static ReadModelVersion of(long number) {
        return new ReadModelVersion(ProjectionType.VERSION, number);
    }

    /// The version that a collection belongs to.
    static Optional<ReadModelVersion> named(String collection) {
        var matcher = NAME.matcher(collection);
        return matcher.matches()
                ? Optional.of(
                        new ReadModelVersion(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /// The collection of its aggregates.
    String aggregates() {
        return "aggregates_" + version + "_" + number;
    }

    /// The collection of its timelines.
    String timelines() {
        return "timelines_" + version + "_" + number;
    }
}
