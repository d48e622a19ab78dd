package koinon.gateway.task;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;
import koinon.eventing.document.EventJson;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Contracts;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.status.Statuses;
import koinon.http.page.Page.Wanted;

/// All tasks of a caller, and what others owe the caller, for tests of other packages.
public final class TasksText {

    private TasksText() {}

    public static String of(Statuses statuses, CurrentReadModel current, Caller caller, Clock clock) {
        var tasks = new Tasks(statuses, current, Contracts.published(), clock);
        Actor actor = actor(caller, clock.instant());
        var wanted = new Wanted(null, 200);
        return EventJson.mapper().writeValueAsString(tasks.page(actor, true, wanted)) + "\n"
                + EventJson.mapper().writeValueAsString(tasks.page(actor, false, wanted));
    }

    /// A person with every role that the scopes of a caller can have.
    private static Actor actor(Caller caller, Instant at) {
        var mandates = new ArrayList<Mandate>();
        for (String scope : caller.scopes())
            for (String role : scope.startsWith("city/")
                    ? List.of("city-editor", "city-signatory")
                    : List.of("funder-officer", "funder-approver"))
                mandates.add(new Mandate(role, role, scope, null, null, null));
        if (caller.network()) mandates.add(new Mandate("s", "secretariat", "network", null, null, null));
        return new Actor("somebody-else", mandates, null, null, at);
    }
}
