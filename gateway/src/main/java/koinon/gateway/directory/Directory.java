package koinon.gateway.directory;

import java.util.function.Function;
import koinon.gateway.topics.ProjectedAggregate;
import org.jspecify.annotations.Nullable;

/// All cities, groups, calls, funds and funders by id. One without events yet has its id only.
///
/// @param aggregates looks up an aggregate by its subject
public record Directory(Function<String, @Nullable ProjectedAggregate> aggregates) {

    public KnownCity city(String id) {
        return state("city/" + id) instanceof KnownCity it ? it : KnownCity.initial(id);
    }

    public KnownCall call(String id) {
        return state("call/" + id) instanceof KnownCall it ? it : KnownCall.initial(id);
    }

    /// The state of an aggregate that projects name; absent if the gateway does not keep it.
    ///
    /// @param subject `<aggregate>/<id>`
    public @Nullable String stateOf(String subject) {
        return state(subject) instanceof KnownCall it && !it.state().isEmpty() ? it.state() : null;
    }

    /// A moment that belongs to an aggregate that projects name; absent if the gateway does not know it.
    public @Nullable LocalDeadline moment(String subject, String moment) {
        if (!(state(subject) instanceof KnownCall it)) return null;
        return switch (moment) {
            case "opens" -> it.opens();
            case "closes" -> it.closes();
            default -> null;
        };
    }

    public KnownFund fund(String id) {
        return state("fund/" + id) instanceof KnownFund it ? it : KnownFund.initial(id);
    }

    /// One without events yet has no members.
    public KnownGroup group(String id) {
        return state("group/" + id) instanceof KnownGroup it ? it : KnownGroup.initial(id);
    }

    /// The funder's name; absent before its first event.
    public @Nullable String funder(String id) {
        return state("funder/" + id) instanceof KnownFunder it ? it.name() : null;
    }

    /// The name of the city or the funder of a scope; absent if it is not known, and for the network.
    ///
    /// @param scope `<kind>/<id>`, or one word
    public @Nullable String nameOf(String scope) {
        String id = scope.substring(scope.indexOf('/') + 1);
        if (scope.startsWith("city/")) return city(id).name();
        return scope.startsWith("funder/") ? funder(id) : null;
    }

    /// What the gateway keeps of an aggregate; absent before its first event.
    ///
    /// @param subject `<aggregate>/<id>`
    public @Nullable Object state(String subject) {
        @Nullable ProjectedAggregate aggregate = aggregates.apply(subject);
        return aggregate == null ? null : aggregate.state();
    }
}
