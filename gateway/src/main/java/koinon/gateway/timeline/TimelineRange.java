package koinon.gateway.timeline;

import java.util.NavigableMap;

/// A part of a timeline.
///
/// @param after the key of the last event before it in this order; empty for the beginning
/// @param limit upper bound of its events
record TimelineRange(String after, Order order, int limit) {

    /// The orders of a timeline.
    enum Order {
        /// The oldest event first.
        ASC,
        /// The newest event first.
        DESC
    }

    static TimelineRange first(Order order, int limit) {
        return new TimelineRange("", order, limit);
    }

    boolean isDescending() {
        return order == Order.DESC;
    }

    /// What comes after the key, in this order, without the bound.
    <V> NavigableMap<String, V> of(NavigableMap<String, V> timeline) {
        if (!isDescending()) return timeline.tailMap(after, false);
        return (after.isEmpty() ? timeline : timeline.headMap(after, false)).descendingMap();
    }

    /// What comes up to a key, which is part of it.
    <V> NavigableMap<String, V> upTo(String last, NavigableMap<String, V> timeline) {
        return isDescending() ? timeline.tailMap(last, true) : timeline.headMap(last, true);
    }
}
