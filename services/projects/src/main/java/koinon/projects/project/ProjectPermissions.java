package koinon.projects.project;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.action.NextAction;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Right;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.projects.Role;
import koinon.projects.call.NetworkOversightRoles;
import koinon.projects.plan.ApprovedPlan;
import koinon.projects.plan.PartnerShare;
import koinon.projects.project.agreement.KnownAgreement;

/// The permissions in a project, derived from its partners and its agreements. Separate hands: nobody who holds a
/// mandate of a partner city decides or verifies, whichever mandate is used for the command.
record ProjectPermissions(ApprovedPlan approvedPlan, ProjectPartners partners, Collection<KnownAgreement> agreements) {

    /// The partner cities, including the lead.
    Set<String> cities() {
        return approvedPlan.partners().stream()
                .map(PartnerShare::city)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// Whether a fund pays its part of the project to this city.
    boolean isBeneficiary(String city) {
        return approvedPlan.grants().stream().anyMatch(it -> it.beneficiary().equals(city));
    }

    /// An editor of a city that takes part.
    Actor editor(Actor by) {
        return by.as(cities().stream()
                .filter(it -> !partners.isReleased(it))
                .map(Role.CITY_EDITOR::ofCity)
                .toArray(Right[]::new));
    }

    /// @throws RuleViolation `not-a-partner` where the city does not take part
    Actor signatory(String city, Actor by) {
        Actor signatory = by.as(Role.CITY_SIGNATORY.ofCity(city));
        if (!cities().contains(city))
            throw new RuleViolation("not-a-partner", "%s is no partner of this project.", "city", city);
        return signatory;
    }

    Actor lead(Actor by) {
        return by.as(Role.CITY_SIGNATORY.ofCity(approvedPlan.lead()));
    }

    Actor secretariat(Actor by) {
        return apart(by.as(Role.SECRETARIAT.ofNetwork()));
    }

    Actor verifier(Actor by) {
        List<Right> rights = verifiers();
        if (rights.isEmpty())
            throw new AccessDenied(
                    "no-mandate.no-funder", "An officer of a funder does this, and no agreement has been heard of.");
        return apart(by.as(rights.toArray(Right[]::new)));
    }

    /// The rights of which one is needed to verify a milestone; empty while no funder is known that pays.
    List<Right> verifiers() {
        String role = approvedPlan.verifier();
        return role.equals(Role.FUNDER_OFFICER.text())
                ? funders().map(Role.FUNDER_OFFICER::ofFunder).toList()
                : List.of(new Right(role, "network"));
    }

    /// The right of who reports milestones first.
    Right leadEditor() {
        return Role.CITY_EDITOR.ofCity(approvedPlan.lead());
    }

    /// A decision of the secretariat, which holds no mandate of a partner.
    NextAction decision(String action, String text, Object... values) {
        return NextAction.of(action, Role.SECRETARIAT.ofNetwork(), text, values).notFor(partnerScopes());
    }

    /// An action of the verifying role, once for each right that allows it.
    Stream<NextAction> verifications(String action, String text, Object... values) {
        return verifiers().stream()
                .map(it -> NextAction.of(action, it, text, values).notFor(partnerScopes()));
    }

    /// Whether the caller takes part in the project or oversees the network, and therefore sees all of it.
    boolean isOpenTo(Actor by) {
        return NetworkOversightRoles.includes(by)
                || by.holdsAnyFor(partnerScopes())
                || by.holdsAnyFor(funders().map(it -> "funder/" + it).collect(Collectors.toSet()));
    }

    private Actor apart(Actor by) {
        if (by.holdsAnyFor(partnerScopes()))
            throw new AccessDenied(
                    "partner-mandate.project",
                    "Who may act for one of its partner cities neither decides nor verifies here.");
        return by;
    }

    private Set<String> partnerScopes() {
        return cities().stream().map(it -> "city/" + it).collect(Collectors.toSet());
    }

    private Stream<String> funders() {
        return agreements.stream()
                .filter(KnownAgreement::isPartOfFunding)
                .flatMap(it -> Stream.ofNullable(it.funder()))
                .distinct();
    }
}
