package koinon.gateway.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import koinon.eventing.value.Money;
import koinon.gateway.status.Status;
import org.jspecify.annotations.Nullable;

/// A next action in a list of tasks.
///
/// @param about what it brings forward
/// @param scopeName name of the city or the funder that has to take it; absent if it is not known, and for the network
/// @param amounts the money that depends on it, one item per currency, as far as the reader may see it
@JsonInclude(JsonInclude.Include.NON_NULL)
record Task(
        @JsonUnwrapped Status.Action action,
        About about,
        @Nullable String scopeName,
        List<Money> amounts) {

    Task {
        amounts = List.copyOf(amounts);
    }

    /// A project or a proposal, a call, or a gathering.
    ///
    /// @param kind `project` (also while it is a proposal), `call` or `gathering`
    /// @param title absent while unknown
    /// @param phase of a project
    /// @param call of a project
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record About(
            String kind,
            String id,
            @Nullable String title,
            @Nullable String phase,
            Status.@Nullable Call call) {}

    /// A page of tasks.
    ///
    /// @param next the value of `after` for the next page; absent on the last page
    /// @param count of all tasks on all pages
    /// @param overdue how many of them are late
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<Task> items, @Nullable String next, int count, int overdue) {}

    /// Its place in the order by urgency: the earliest due first, then what has waited longest.
    record Place(long due, long since, String key) implements Comparable<Place> {

        static Place of(Status.Action it) {
            return new Place(
                    millis(it.due()),
                    millis(it.since()),
                    it.of() + " " + it.subject() + " " + it.action() + " " + it.right());
        }

        private static long millis(@Nullable Instant moment) {
            return moment == null ? Long.MAX_VALUE : moment.toEpochMilli();
        }

        @Override
        public int compareTo(Place other) {
            if (due != other.due) return Long.compare(due, other.due);
            return since == other.since ? key.compareTo(other.key) : Long.compare(since, other.since);
        }

        @Override
        public String toString() {
            return due + " " + since + " " + key;
        }

        /// @return absent where the text is no place
        static @Nullable Place parse(String text) {
            String[] fields = text.split(" ", 3);
            boolean isPlace = fields.length == 3
                    && fields[0].matches("[0-9]{1,18}|" + Long.MAX_VALUE)
                    && fields[1].matches("[0-9]{1,18}|" + Long.MAX_VALUE);
            return isPlace ? new Place(Long.parseLong(fields[0]), Long.parseLong(fields[1]), fields[2]) : null;
        }
    }
}
