package koinon.gateway.list;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.document.EventJson;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Contracts;
import koinon.gateway.status.StatusIndex.Sort;
import koinon.gateway.status.Statuses;

/// Everything that a caller gets about all projects together, for tests of other packages.
public final class ListText {

    private ListText() {}

    public static String of(Statuses statuses, Caller caller) {
        var projects = new VisibleProjects(statuses, Contracts.published());
        var query = new StatusQuery(Filters.NONE, Sort.UPDATED, null, 10);
        var table = new CsvTable();
        projects.first(query, caller).forEach(it -> table.add(it, Contracts.published()));
        return Stream.of(
                        projects.page(query, caller),
                        projects.summary(Filters.NONE, caller),
                        projects.cooperation(Filters.NONE, caller))
                .map(EventJson.mapper()::writeValueAsString)
                .collect(Collectors.joining("\n", "", "\n" + new String(table.bytes(), UTF_8)));
    }
}
