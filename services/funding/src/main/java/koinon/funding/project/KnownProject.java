package koinon.funding.project;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/// A replica of a project: the ids of its agreements from every selection, so that the project's events reach them.
/// Only received events change it.
@Document("knownProjects")
public final class KnownProject {

    @Id
    @SuppressWarnings("unused")
    private String id = "";

    private Map<String, String> agreements = new LinkedHashMap<>();

    private KnownProject() {}

    /// The states of a project that agreements depend on.
    public enum State {
        /// Not started: no money is paid.
        CONTRACTING,
        /// In progress.
        ACTIVE,
        /// Suspended, and its agreements with it.
        SUSPENDED,
        /// Completed; payable tranches are still paid.
        COMPLETED,
        /// Terminated early; nothing more is paid.
        TERMINATED
    }

    /// Ids of its agreements, one for each fund that was ever asked.
    public Collection<String> agreements() {
        return List.copyOf(agreements.values());
    }
}
