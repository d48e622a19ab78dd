package koinon.projects.project;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.action.NextAction;
import koinon.eventing.model.Lifecycle;
import koinon.eventing.value.Sentence;
import koinon.projects.Role;
import koinon.projects.project.event.ProjectEvent.PartnerEvent;
import koinon.projects.project.event.ProjectEvent.PartnerReleased;
import koinon.projects.project.event.ProjectEvent.PartnerSteppedBack;
import koinon.projects.project.event.ProjectEvent.PartnershipSigned;
import koinon.projects.project.event.ProjectEvent.StepBackWithdrawn;
import org.jspecify.annotations.Nullable;

/// The partner cities of a project, by what they have said to the partnership agreement.
///
/// @param states by city; a city that has said nothing yet is not in it
/// @param signed the cities that have signed, those included that stepped back later
record ProjectPartners(Map<String, State> states, Set<String> signed) {

    static final ProjectPartners NONE = new ProjectPartners(Map.of(), Set.of());

    /// The state of a partner city in a project.
    enum State implements Lifecycle<State> {
        /// Has not signed the partnership agreement; the initial state.
        UNSIGNED("its signatory signs the partnership agreement."),
        /// Has signed the partnership agreement.
        SIGNED("its signatory may step back."),
        /// Does not want to go on; the secretariat decides what follows.
        STEPPED_BACK("its signatory may withdraw that, and the secretariat may release it."),
        /// The project goes on without it.
        RELEASED("the project goes on without it.");

        private final String way;

        State(String way) {
            this.way = way;
        }

        @Override
        public String way() {
            return way;
        }

        @Override
        public @Nullable Sentence risk() {
            return this == STEPPED_BACK
                    ? Sentence.of("partner-stepped-back", "A partner city has stepped back.")
                    : null;
        }

        State after(PartnerEvent event) {
            return switch (event) {
                case PartnershipSigned _ -> from(UNSIGNED).to(SIGNED);
                case PartnerSteppedBack _ -> from(UNSIGNED, SIGNED).to(STEPPED_BACK);
                case StepBackWithdrawn it -> from(STEPPED_BACK).to(it.signed() ? SIGNED : UNSIGNED);
                case PartnerReleased _ -> from(STEPPED_BACK).to(RELEASED);
            };
        }
    }

    ProjectPartners {
        states = new LinkedHashMap<>(states);
        signed = Set.copyOf(signed);
    }

    ProjectPartners after(PartnerEvent event) {
        Map<String, State> after = new LinkedHashMap<>(states);
        after.put(event.city(), of(event.city()).after(event));
        return event instanceof PartnershipSigned
                ? new ProjectPartners(
                        after,
                        Stream.concat(signed.stream(), Stream.of(event.city())).collect(Collectors.toSet()))
                : new ProjectPartners(after, signed);
    }

    State of(String city) {
        return states.getOrDefault(city, State.UNSIGNED);
    }

    /// Whether the project goes on without this city.
    boolean isReleased(String city) {
        return of(city) == State.RELEASED;
    }

    /// Whether nothing more is needed of this city before the project can start.
    boolean isSettled(String city) {
        return of(city) == State.SIGNED || isReleased(city);
    }

    /// The name of a city's part, which has its own ETag.
    static String partOf(String city) {
        return "partnership/" + city;
    }

    /// The states of the cities' parts, by the name of the part.
    Map<String, String> publishedStates() {
        Map<String, String> published = new LinkedHashMap<>();
        states.forEach((city, state) -> {
            if (state != State.UNSIGNED) published.put(partOf(city), state.name());
        });
        return published;
    }

    /// The signatures that are missing.
    Stream<NextAction> signatures(Set<String> cities) {
        return cities.stream()
                .filter(it -> of(it) == State.UNSIGNED)
                .map(it -> NextAction.of(
                                "partnership.sign", Role.CITY_SIGNATORY.ofCity(it), "Sign the partnership agreement.")
                        .on(partOf(it)));
    }

    /// What the secretariat decides about the cities that have stepped back and receive no money for the others.
    Stream<NextAction> releases(ProjectPermissions permissions) {
        return states.keySet().stream()
                .filter(it -> of(it) == State.STEPPED_BACK && !permissions.isBeneficiary(it))
                .map(it -> permissions
                        .decision("partnership.release", "Decide whether the project goes on without this city.")
                        .on(partOf(it)));
    }
}
