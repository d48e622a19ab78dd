package koinon.cities.gathering.programme;

import java.util.Set;

/// A gathering as the ideas that are raised in it know it.
///
/// @param sessions the ids of its sessions
public record Occasion(String id, boolean cancelled, Set<String> sessions) {

    public Occasion {
        sessions = Set.copyOf(sessions);
    }
}
