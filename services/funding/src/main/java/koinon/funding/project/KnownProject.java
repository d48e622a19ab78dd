package koinon.funding.project;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/// What funding knows of a project: its agreements of every selection, so that what happens to the project reaches
/// them, its partners, and how far it is. Only what was heard sets it.
@Document("knownProjects")
public final class KnownProject {

    @Id
    private String id = "";

    private @Nullable String call;
    private @Nullable String lead;
    private List<String> partners = List.of();
    private Map<String, String> agreements = new LinkedHashMap<>();
    private @Nullable State state;

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

    public String id() {
        return id;
    }

    public @Nullable String call() {
        return call;
    }

    public @Nullable String lead() {
        return lead;
    }

    /// Ids of its partner cities, the lead among them.
    public List<String> partners() {
        return List.copyOf(partners);
    }

    /// Ids of its agreements, one per fund that ever was asked.
    public Collection<String> agreements() {
        return List.copyOf(agreements.values());
    }

    public State state() {
        return state == null ? State.CONTRACTING : state;
    }
}
