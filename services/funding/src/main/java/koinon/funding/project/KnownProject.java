package koinon.funding.project;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/// What funding knows of a project: its agreements of every selection, so that what happens to the project reaches
/// them. Only what was heard sets it.
@Document("knownProjects")
public final class KnownProject {

    @Id
    @SuppressWarnings("unused")
    private String id = "";

    private Map<String, String> agreements = new LinkedHashMap<>();

    private KnownProject() {}

    /// How far a project is, as far as money depends on it.
    public enum State {
        /// It has not started: no money flows.
        CONTRACTING,
        /// It runs.
        ACTIVE,
        /// It rests, and all of its money with it.
        SUSPENDED,
        /// It did what it promised; what is payable is still paid.
        COMPLETED,
        /// It ended early; nothing more is paid.
        TERMINATED
    }

    /// Ids of its agreements, one per fund that ever was asked.
    public Collection<String> agreements() {
        return List.copyOf(agreements.values());
    }
}
