package koinon.bench.tally;

import java.util.Map;
import koinon.bench.load.Latencies;

/// Work for the service, ended by count.
///
/// @param perSecond how many of them, evenly; as many as it can when zero
/// @param count how many of them
/// @param events that each command raises
public record TallyLoad(Kind kind, int perSecond, int count, int events) {

    /// What is done over and over, on one tally after the other.
    public enum Kind {
        /// Opens tallies; all that follows is done to these.
        OPEN,
        /// A command through the only writer: load, change, save with its outbox.
        COMMAND,
        /// The same without an outbox: load, change, save.
        SAVE,
        /// The record that a command's event makes, sent to a topic beside the service's own and to nobody's
        /// database.
        SEND
    }

    /// What came of it.
    ///
    /// @param seconds from the first to the last answer
    /// @param latencies of each
    /// @param at by the id of its last event, when each was saved or sent, in microseconds since the epoch; empty
    ///     when there was no pace
    public record Done(double seconds, Latencies latencies, Map<String, Long> at) {

        public double perSecond() {
            return latencies.count() / seconds;
        }
    }
}
