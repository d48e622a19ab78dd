package koinon.projects.proposal;

import static koinon.projects.call.SomeCall.AFTER_CLOSING;
import static koinon.projects.call.SomeCall.WHILE_OPEN;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.platform.model.By;
import koinon.platform.model.Money;
import koinon.projects.Someone;
import koinon.projects.call.Call;
import koinon.projects.call.SomeCall;
import koinon.projects.city.KnownCity;
import koinon.projects.plan.Contribution;
import koinon.projects.plan.Deadline;
import koinon.projects.plan.Milestone;
import koinon.projects.proposal.ProposalEvent.PartnerPartChanged;
import koinon.projects.proposal.ProposalEvent.SummaryChanged;

/// The proposal of Hà Nội and Cebu City, brought to a state by what really leads there.
final class SomeProposal {

    static final String HANOI = "vn-hanoi";
    static final String CEBU = "ph-cebu-city";
    static final String LEFT = "xx-left";
    static final Instant NOW = WHILE_OPEN;
    static final By SECRETARIAT = Someone.secretariat(NOW);
    static final By SYSTEM = By.system("projects", NOW);
    static final Call CALL = SomeCall.published();
    static final Deadline UNTIL = new Deadline(LocalDateTime.parse("2027-04-15T17:00"), "Asia/Ho_Chi_Minh");
    static final Instant AFTER_RETURN = Instant.parse("2027-05-01T00:00:00Z");

    static final Map<String, KnownCity> CITIES = Stream.of(
                    new KnownCity(HANOI, "Hà Nội", "VN", "Asia", "Design", KnownCity.State.DESIGNATED),
                    new KnownCity(CEBU, "Cebu City", "PH", "Asia", "Design", KnownCity.State.DESIGNATED),
                    new KnownCity("vn-hue", "Huế", "VN", "Asia", null, KnownCity.State.COOPERATING),
                    new KnownCity(LEFT, "Left", "XX", null, "Film", KnownCity.State.LEFT))
            .collect(Collectors.toMap(KnownCity::id, it -> it));

    private SomeProposal() {}

    static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    static By editor(String city) {
        return Someone.editor(city, NOW);
    }

    static By signatory(String city) {
        return Someone.signatory(city, NOW);
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
                new Milestone("m1", "Opening", LocalDate.parse("2027-09-01"), "interim", new BigDecimal("0.6")),
                new Milestone("m2", "Fair", LocalDate.parse("2028-05-01"), "interim", new BigDecimal("0.4")));
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
        return Proposal.draft("p-1", call, HANOI, CITIES.get(HANOI), "Craft routes", editor(HANOI));
    }

    /// Both cities take part and everything is written; nobody has committed.
    static Proposal written(Call call) {
        Proposal it = drafted(call);
        it.writeSummary(summary(), editor(HANOI));
        it.writeWorkPlan(call.terms().givesGrant() ? milestones() : milestonesWithoutTranche(), editor(HANOI));
        it.invite(CEBU, CITIES.get(CEBU), editor(HANOI));
        it.accept(CEBU, signatory(CEBU));
        it.writePart(part(HANOI, call.terms().givesGrant() ? "60000.01" : "0"), "EUR", editor(HANOI));
        it.writePart(part(CEBU, call.terms().givesGrant() ? "39999.99" : "0"), "EUR", editor(CEBU));
        return it;
    }

    static List<Milestone> milestonesWithoutTranche() {
        return milestones().stream()
                .map(it -> new Milestone(it.id(), it.title(), it.due(), "", it.weight()))
                .toList();
    }

    static Proposal ready(Call call) {
        Proposal it = written(call);
        it.commit(HANOI, signatory(HANOI));
        it.commit(CEBU, signatory(CEBU));
        return it;
    }

    static Proposal submitted(Call call) {
        Proposal it = ready(call);
        it.submit(call, CITIES, signatory(HANOI));
        return it;
    }

    static Proposal eligible(Call call) {
        Proposal it = submitted(call);
        it.decideEligibility(true, "Complete.", call, SECRETARIAT);
        return it;
    }

    static Proposal selected() {
        Proposal it = eligible(CALL);
        it.select("The best.", Map.of("fund-b", CEBU), CALL, SomeCall.FUNDS, SECRETARIAT);
        return it;
    }

    static Proposal returned() {
        Proposal it = submitted(CALL);
        it.giveBack("A date is wrong.", UNTIL, SECRETARIAT);
        return it;
    }

    /// In each state there is.
    static Proposal in(Proposal.State state) {
        return switch (state) {
            case DRAFT -> written(CALL);
            case SUBMITTED -> submitted(CALL);
            case RETURNED -> returned();
            case ELIGIBLE -> eligible(CALL);
            case INELIGIBLE -> {
                Proposal it = submitted(CALL);
                it.decideEligibility(false, "Too late.", CALL, SECRETARIAT);
                yield it;
            }
            case SELECTED -> selected();
            case RESERVE_LISTED -> {
                Proposal it = eligible(CALL);
                it.reserveList("Good, and no money.", SECRETARIAT);
                yield it;
            }
            case NOT_APPROVED -> {
                Proposal it = eligible(CALL);
                it.notApprove("Not good enough.", SECRETARIAT);
                yield it;
            }
            case APPROVED -> {
                Proposal it = selected();
                it.hear(1, "fund-a", Selection.Answer.RESERVED, _ -> CALL, SYSTEM);
                it.hear(1, "fund-b", Selection.Answer.RESERVED, _ -> CALL, SYSTEM);
                yield it;
            }
            case WITHDRAWN -> {
                Proposal it = written(CALL);
                it.withdraw("Another year.", signatory(HANOI));
                yield it;
            }
        };
    }

    static By later(By by) {
        return new By(by.actor(), by.mandates(), by.chosen(), by.acting(), AFTER_CLOSING);
    }
}
