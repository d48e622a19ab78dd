package koinon.gateway.readmodel;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.document.EventJson;
import koinon.gateway.directory.KnownCall;
import koinon.gateway.directory.KnownCity;
import koinon.gateway.directory.KnownFund;
import koinon.gateway.directory.KnownFunder;
import koinon.gateway.directory.KnownGroup;
import koinon.gateway.gathering.GatheringEvent;
import koinon.gateway.gathering.GatheringProjection;
import koinon.gateway.gathering.IdeaEvent;
import koinon.gateway.gathering.IdeaProjection;
import koinon.gateway.projection.AgreementEvent;
import koinon.gateway.projection.AgreementProjection;
import koinon.gateway.projection.ProjectEvent;
import koinon.gateway.projection.ProjectProjection;
import koinon.gateway.projection.Projection;
import koinon.gateway.projection.ProposalEvent;
import koinon.gateway.projection.ProposalProjection;
import koinon.gateway.topics.EventRecord;
import koinon.gateway.topics.ProjectedAggregate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// How the gateway projects one type of aggregate, and how it stores the state. For every other type it keeps the
/// sequence only.
///
/// @param after the state after an event; the same object if the event changes nothing
public record ProjectionType<K>(
        String aggregate, Class<K> type, BiFunction<@Nullable K, EventRecord, @Nullable K> after) {

    /// Version of the stored format. A change of a state, or of the effect of an event on it, needs the next
    /// number: a read model that was stored with another version is not loaded; the topics are read instead.
    public static final int VERSION = 15;

    private static final Map<String, ProjectionType<?>> ALL = Stream.of(
                    new ProjectionType<>("city", KnownCity.class, KnownCity::after),
                    new ProjectionType<>("group", KnownGroup.class, KnownGroup::after),
                    new ProjectionType<>("call", KnownCall.class, KnownCall::after),
                    new ProjectionType<>("fund", KnownFund.class, KnownFund::after),
                    new ProjectionType<>("funder", KnownFunder.class, KnownFunder::after),
                    of("gathering", GatheringProjection.class, GatheringEvent.class, _ -> new GatheringProjection()),
                    of("idea", IdeaProjection.class, IdeaEvent.class, _ -> new IdeaProjection()),
                    of("proposal", ProposalProjection.class, ProposalEvent.class, _ -> new ProposalProjection()),
                    of("project", ProjectProjection.class, ProjectEvent.class, _ -> new ProjectProjection()),
                    of("agreement", AgreementProjection.class, AgreementEvent.class, AgreementProjection::new))
            .collect(Collectors.toMap(ProjectionType::aggregate, Function.identity()));

    /// The types of aggregates that the gateway keeps.
    public static Set<String> aggregates() {
        return ALL.keySet();
    }

    private static final JsonMapper FIELDS = EventJson.mapper()
            .rebuild()
            .addModule(StoredInstant.MODULE)
            .addModule(StoredMoney.MODULE)
            .changeDefaultVisibility(it -> it.withFieldVisibility(Visibility.ANY)
                    .withGetterVisibility(Visibility.NONE)
                    .withIsGetterVisibility(Visibility.NONE))
            .build();

    /// An aggregate with a lifecycle.
    ///
    /// @param events the sealed interface of the events whose facts a status shows
    private static <E, P extends Projection<E>> ProjectionType<P> of(
            String aggregate, Class<P> type, Class<E> events, Function<String, P> initial) {
        return new ProjectionType<>(
                aggregate, type, (before, message) -> Projection.after(before, initial, events, message));
    }

    /// The aggregate after one of its events.
    ///
    /// @throws tools.jackson.core.JacksonException when the event's text does not fit its type
    public static ProjectedAggregate after(ProjectedAggregate before, EventRecord message) {
        @Nullable ProjectionType<?> projection = ALL.get(before.aggregate());
        return before.after(message, projection == null ? null : projection.state(before.state(), message));
    }

    private @Nullable Object state(@Nullable Object before, EventRecord message) {
        return after.apply(type.cast(before), message);
    }

    /// The state as text; equal for equal states.
    public static @Nullable String text(ProjectedAggregate aggregate) {
        return aggregate.state() == null ? null : FIELDS.writeValueAsString(aggregate.state());
    }

    /// Reads what [#text] wrote, as UTF-8.
    ///
    /// @param length 0 for no state
    public static @Nullable Object state(String aggregate, byte[] text, int offset, int length) {
        @Nullable ProjectionType<?> projection = ALL.get(aggregate);
        return projection == null || length == 0 ? null : FIELDS.readValue(text, offset, length, projection.type);
    }
}
