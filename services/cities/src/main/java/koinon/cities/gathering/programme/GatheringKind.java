package koinon.cities.gathering.programme;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What kind of gathering it is.
public enum GatheringKind {
    CONFERENCE,
    FORUM,
    ANNUAL_MEETING,
    WORKSHOP;

    /// The name in events and answers: `annual-meeting`.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// All codes.
    public static final class Codes implements Supplier<List<String>> {

        @Override
        public List<String> get() {
            return Stream.of(values()).map(GatheringKind::code).toList();
        }
    }
}
