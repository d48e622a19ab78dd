package koinon.gateway.page;

import koinon.gateway.audience.Reader;
import koinon.gateway.directory.Directory;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.status.Statuses;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What search engines and previews are told of a page: only what is public.
@Component
class PageHead {

    private static final String NAME = "Koinon";
    private static final String OF_ALL =
            "What cities do together: proposals, milestones and money of cooperation projects, as they stand now.";

    private final Statuses statuses;
    private final CurrentReadModel readModel;

    PageHead(Statuses statuses, CurrentReadModel readModel) {
        this.statuses = statuses;
        this.readModel = readModel;
    }

    /// @param title plain text
    /// @param description plain text
    record Text(String title, String description) {}

    /// The text for a page that shows one thing.
    ///
    /// @param id of what the page shows; empty if it shows no single thing
    Text of(Route route, String id) {
        @Nullable String title = id.isEmpty() ? null : title(route.path(), id);
        return new Text(title == null ? NAME : title + " · " + NAME, OF_ALL);
    }

    private @Nullable String title(String path, String id) {
        if (path.startsWith("/projects/")) return project(id);
        if (path.startsWith("/cities/")) return directory().city(id).name();
        if (path.startsWith("/calls/")) return directory().call(id).title();
        return path.startsWith("/funders/") ? directory().funder(id) : null;
    }

    private Directory directory() {
        return readModel.readModel().directory();
    }

    private @Nullable String project(String id) {
        return statuses.find(id)
                .filter(it -> it.isVisibleTo(Reader.ANYONE))
                .map(it -> it.status().title())
                .orElse(null);
    }
}
