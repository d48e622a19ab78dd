package koinon.gateway.published;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.action.NextAction;
import koinon.eventing.value.Money;
import koinon.gateway.lifecycle.LifecycleState;
import koinon.gateway.projection.Projection;
import koinon.gateway.published.PublishedAggregate.Partner;
import org.jspecify.annotations.Nullable;

/// The state of an aggregate in the gateway, in the terms in which its service reports the published state.
record FoldedState(
        @Nullable String state,
        Map<String, String> parts,
        Map<String, Money> sums,
        List<NextAction> next,
        Map<String, Partner> partners) {

    /// Empty for types of aggregates whose state the gateway does not project.
    static Optional<FoldedState> of(@Nullable Object state) {
        return state instanceof Projection<?> it
                ? Optional.of(of(it.networkLifecycle(), it.amountsOfPartners()))
                : Optional.empty();
    }

    /// The differences from the state of the service, one sentence each; empty if the service reports no state.
    Stream<String> differences(PublishedAggregate published) {
        if (published.state() == null) return Stream.of();
        Map<String, Partner> theirs = published.partners() == null
                ? Map.of()
                : published.partners().stream().collect(Collectors.toMap(Partner::city, it -> it));
        return Stream.of(
                        difference("state", published.state(), state),
                        difference("parts", sorted(published.parts()), sorted(parts)),
                        difference("sums", sorted(published.sums()), sorted(sums)),
                        difference("next actions", listed(published.next()), next),
                        difference("partners", sorted(theirs), sorted(partners)))
                .flatMap(Optional::stream);
    }

    private static List<NextAction> listed(@Nullable List<NextAction> actions) {
        return actions == null ? List.of() : actions;
    }

    private static Map<String, ?> sorted(@Nullable Map<String, ?> map) {
        return map == null ? Map.of() : new TreeMap<>(map);
    }

    private static Optional<String> difference(String what, @Nullable Object published, @Nullable Object folded) {
        return Objects.equals(published, folded)
                ? Optional.empty()
                : Optional.of(what + " is " + published + " in the service and " + folded + " in the gateway.");
    }

    private static FoldedState of(LifecycleState it, List<Projection.PartnerAmounts> partners) {
        return new FoldedState(
                it.state(),
                it.parts(),
                it.sums(),
                it.nextActions(),
                partners.stream()
                        .collect(Collectors.toMap(
                                Projection.PartnerAmounts::city,
                                one -> new Partner(one.city(), one.grant(), one.coFinancing()))));
    }
}
