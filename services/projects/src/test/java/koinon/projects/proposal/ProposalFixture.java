package koinon.projects.proposal;

import static koinon.projects.call.CallFixture.AFTER_CLOSING;
import static koinon.projects.call.CallFixture.WHILE_OPEN;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.action.Deadline;
import koinon.eventing.actor.Actor;
import koinon.eventing.value.Money;
import koinon.projects.TestActors;
import koinon.projects.call.Call;
import koinon.projects.call.CallFixture;
import koinon.projects.city.KnownCity;
import koinon.projects.fund.KnownFund;
import koinon.projects.origin.KnownOrigin;
import koinon.projects.origin.Origin;
import koinon.projects.plan.Contribution;
import koinon.projects.plan.Milestone;
import koinon.projects.proposal.ProposalDecisions.Facts;
import koinon.projects.proposal.event.ProposalEvent.DecisionRecorded.Outcome;
import koinon.projects.proposal.event.ProposalEvent.PartnerPartChanged;
import koinon.projects.proposal.event.ProposalEvent.ProposalDrafted;
import koinon.projects.proposal.event.ProposalEvent.SummaryChanged;
import koinon.projects.proposal.selection.Selection;
import org.jspecify.annotations.Nullable;

/// The proposal of Hà Nội and Cebu City; only real events bring it to a state.
final class ProposalFixture {

    static final String HANOI = "vn-hanoi";
    static final String CEBU = "ph-cebu-city";
    static final String LEFT = "xx-left";
    static final Origin IDEA = new Origin("idea", "5f0d6a51-7a57-4f66-9f0e-0d8e2b6a4c03");
    static final Instant NOW = WHILE_OPEN;
    static final Actor SECRETARIAT = TestActors.secretariat(NOW);
    static final Actor SYSTEM = Actor.system("projects", NOW);
    static final Call CALL = CallFixture.published();
    static final Deadline UNTIL = new Deadline(LocalDateTime.parse("2027-04-15T17:00"), "Asia/Ho_Chi_Minh");
    static final Instant AFTER_RETURN = Instant.parse("2027-05-01T00:00:00Z");

    static final Map<String, KnownCity> CITIES = Stream.of(
                    new KnownCity(
                            HANOI, "Hà Nội", "VN", "Asia and the Pacific", "Design", KnownCity.State.DESIGNATED, null),
                    new KnownCity(
                            CEBU,
                            "Cebu City",
                            "PH",
                            "Asia and the Pacific",
                            "Design",
                            KnownCity.State.DESIGNATED,
                            null),
                    new KnownCity(
                            "vn-hue", "Huế", "VN", "Asia and the Pacific", null, KnownCity.State.COOPERATING, null),
                    new KnownCity(LEFT, "Left", "XX", null, "Film", KnownCity.State.LEFT, null))
            .collect(Collectors.toMap(KnownCity::id, it -> it));

    private ProposalFixture() {}

    static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    static Facts facts(Call call) {
        return facts(call, CallFixture.FUNDS);
    }

    static Facts facts(Call call, Collection<KnownFund> funds) {
        return new Facts(call, funds, CITIES);
    }

    static Actor editor(String city) {
        return TestActors.editor(city, NOW);
    }

    static Actor signatory(String city) {
        return TestActors.signatory(city, NOW);
    }

    static SummaryChanged summary() {
        return new SummaryChanged(
                "Craft routes",
                "Workshops in both cities.",
                List.of("crafts"),
                List.of(8, 11),
                LocalDate.parse("2027-07-01"),
                LocalDate.parse("2028-06-30"));
    }

    static List<Milestone> milestones() {
        return List.of(
                new Milestone("m1", "Opening", LocalDate.parse("2027-09-01"), "interim", 3),
                new Milestone("m2", "Fair", LocalDate.parse("2028-05-01"), "interim", 2));
    }

    static PartnerPartChanged part(String city, String grant) {
        return new PartnerPartChanged(
                city,
                eur(grant),
                List.of(new Contribution("budget", Contribution.CASH, null, eur("10000"))),
                eur("1000"),
                "Workshops");
    }

    static Proposal drafted(Call call) {
        return drafted(call, IDEA, new KnownOrigin(IDEA.name(), KnownOrigin.State.OPEN));
    }

    static Proposal drafted(Call call, @Nullable Origin origin, @Nullable KnownOrigin known) {
        ProposalDrafted facts = new ProposalDrafted(call.id(), call.edition(), HANOI, "Craft routes", origin);
        return Proposal.draft("p-1", facts, call, CITIES.get(HANOI), known, editor(HANOI));
    }

    /// A draft without an origin.
    static Proposal drafted(String lead, String title, Actor by) {
        ProposalDrafted facts = new ProposalDrafted(CALL.id(), CALL.edition(), lead, title, null);
        return Proposal.draft("p", facts, CALL, CITIES.get(lead), null, by);
    }

    /// Both cities take part and have written their parts; neither has committed.
    static Proposal written(Call call) {
        Proposal it = drafted(call);
        it.writeSummary(summary(), call, editor(HANOI));
        it.writeWorkPlan(call.terms().givesGrant() ? milestones() : milestonesWithoutTranche(), call, editor(HANOI));
        it.invite(CEBU, CITIES.get(CEBU), call, editor(HANOI));
        it.accept(CEBU, call, signatory(CEBU));
        it.writePart(part(HANOI, call.terms().givesGrant() ? "60000.01" : "0"), call, editor(HANOI));
        it.writePart(part(CEBU, call.terms().givesGrant() ? "39999.99" : "0"), call, editor(CEBU));
        return it;
    }

    static List<Milestone> milestonesWithoutTranche() {
        return milestones().stream()
                .map(it -> new Milestone(it.id(), it.title(), it.due(), "", it.weight()))
                .toList();
    }

    static Proposal ready(Call call) {
        Proposal it = written(call);
        it.commit(HANOI, call, signatory(HANOI));
        it.commit(CEBU, call, signatory(CEBU));
        return it;
    }

    static Proposal submitted(Call call) {
        Proposal it = ready(call);
        it.submit(call, CITIES, signatory(HANOI));
        return it;
    }

    static Proposal eligible(Call call) {
        Proposal it = submitted(call);
        it.decide(Outcome.ELIGIBLE, "Complete.", Map.of(), facts(call), SECRETARIAT);
        return it;
    }

    static Proposal selected() {
        Proposal it = eligible(CALL);
        it.decide(Outcome.SELECTED, "The best.", Map.of("fund-b", CEBU), facts(CALL, CallFixture.FUNDS), SECRETARIAT);
        return it;
    }

    static Proposal returned() {
        Proposal it = submitted(CALL);
        it.returnForCorrection("A date is wrong.", UNTIL, SECRETARIAT);
        return it;
    }

    /// One proposal in each state.
    static Proposal in(Proposal.State state) {
        return switch (state) {
            case DRAFT -> written(CALL);
            case SUBMITTED -> submitted(CALL);
            case RETURNED -> returned();
            case ELIGIBLE -> eligible(CALL);
            case INELIGIBLE -> {
                Proposal it = submitted(CALL);
                it.decide(Outcome.INELIGIBLE, "Too late.", Map.of(), facts(CALL), SECRETARIAT);
                yield it;
            }
            case SELECTED -> selected();
            case RESERVE_LISTED -> {
                Proposal it = eligible(CALL);
                it.decide(Outcome.RESERVE_LISTED, "Good, and no money.", Map.of(), facts(CALL), SECRETARIAT);
                yield it;
            }
            case NOT_APPROVED -> {
                Proposal it = eligible(CALL);
                it.decide(Outcome.NOT_APPROVED, "Not good enough.", Map.of(), facts(CALL), SECRETARIAT);
                yield it;
            }
            case APPROVED -> {
                Proposal it = selected();
                it.on(1, "fund-a", Selection.Answer.RESERVED, CALL, SYSTEM);
                it.on(1, "fund-b", Selection.Answer.RESERVED, CALL, SYSTEM);
                yield it;
            }
            case WITHDRAWN -> {
                Proposal it = written(CALL);
                it.withdraw("Another year.", signatory(HANOI));
                yield it;
            }
        };
    }

    static Actor later(Actor by) {
        return new Actor(by.id(), by.mandates(), by.chosen(), by.acting(), AFTER_CLOSING);
    }
}
