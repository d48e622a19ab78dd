package koinon.gateway.store;

import java.util.Optional;
import java.util.regex.Pattern;
import koinon.gateway.picture.Kind;

/// One stored picture with its timelines. A new one is filled beside the one that serves.
///
/// @param version of the fold that made it; another version neither reads nor writes it
/// @param number counts what was built anew
record Generation(int version, long number) {

    private static final Pattern NAME = Pattern.compile("(?:sources|history)_(\\d{1,9})_(\\d{1,18})");

    static Generation of(long number) {
        return new Generation(Kind.VERSION, number);
    }

    /// The one that a collection belongs to.
    static Optional<Generation> named(String collection) {
        var matcher = NAME.matcher(collection);
        return matcher.matches()
                ? Optional.of(new Generation(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /// The collection of its sources.
    String sources() {
        return "sources_" + version + "_" + number;
    }

    /// The collection of its timelines.
    String history() {
        return "history_" + version + "_" + number;
    }
}
