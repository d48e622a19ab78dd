package koinon.projects.project;

import static koinon.projects.project.agreement.KnownAgreement.State.CLOSED;
import static koinon.projects.project.agreement.KnownAgreement.State.IN_FORCE;
import static koinon.projects.project.agreement.KnownAgreement.State.RELEASED;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;
import koinon.eventing.value.Money;
import koinon.projects.city.KnownCity;
import koinon.projects.origin.Origin;
import koinon.projects.plan.ApprovedPlan;
import koinon.projects.plan.Grant;
import koinon.projects.plan.Milestone;
import koinon.projects.plan.PartnerShare;
import koinon.projects.plan.Thresholds;
import koinon.projects.plan.Tranche;
import koinon.projects.project.agreement.KnownAgreement;

/// The people and the project of these tests; only real events bring the project to a state.
final class ProjectFixture {

    static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    static final String ID = "0b5e5c1e-6a55-4f7e-9d0b-2f6d1d5a7c11";
    static final String FUND = "fund-a";
    static final String OTHER_FUND = "fund-b";
    static final String FUNDER = "xm-dac-41304";
    static final String OTHER_FUNDER = "sg-asean-culture-fund";
    static final String AGREEMENT = "agreement-a";
    static final String OTHER_AGREEMENT = "agreement-b";

    static final Actor HANOI_EDITOR = person("hanoi-editor", "city-editor@city/vn-hanoi");
    static final Actor HANOI_SIGNATORY = person("hanoi-signatory", "city-signatory@city/vn-hanoi");
    static final Actor CEBU_SIGNATORY = person("cebu-signatory", "city-signatory@city/ph-cebu-city");
    static final Actor SECRETARIAT = person("secretariat-1", "secretariat@network");
    static final Actor SECOND_SECRETARIAT = person("secretariat-2", "secretariat@network");
    static final Actor OFFICER = person("officer-1", "funder-officer@funder/" + FUNDER);
    static final Actor OTHER_OFFICER = person("officer-2", "funder-officer@funder/" + OTHER_FUNDER);
    static final Actor CONTROLLER = person("controller-1", "controller@network");
    static final Actor AUDITOR = person("auditor-1", "auditor@network");
    static final Actor SYSTEM = Actor.system("projects", NOW);

    private ProjectFixture() {}

    static KnownCity admitted(String city) {
        return new KnownCity(city, null, null, null, null, KnownCity.State.DESIGNATED, null);
    }

    static Actor person(String name, String... rights) {
        List<Mandate> mandates = Stream.of(rights)
                .map(it -> new Mandate(
                        name + "/" + it,
                        it.substring(0, it.indexOf('@')),
                        it.substring(it.indexOf('@') + 1),
                        null,
                        null,
                        null))
                .toList();
        return new Actor(name, mandates, null, null, NOW);
    }

    /// An agreement as its events tell it, the funder included.
    static KnownAgreement known(String fund, KnownAgreement.State state) {
        return KnownAgreement.of(fund, fund.equals(OTHER_FUND) ? OTHER_FUNDER : FUNDER, state);
    }

    static final Origin IDEA = new Origin("idea", "5f0d6a51-7a57-4f66-9f0e-0d8e2b6a4c03");

    static ApprovedPlan approvedPlan() {
        return approvedPlan("secretariat", "all", FUND, OTHER_FUND);
    }

    static ApprovedPlan approvedPlan(String verifier, String agreements, String... funds) {
        return new ApprovedPlan(
                "Craft routes",
                "7d7e0f5a-0f0c-4b6a-8a53-7a1c7a2b9e01",
                "EUR",
                "vn-hanoi",
                List.of(
                        new PartnerShare("vn-hanoi", Money.of("60000.00", "EUR"), Money.of("12000.00", "EUR")),
                        new PartnerShare("ph-cebu-city", Money.of("40000.00", "EUR"), Money.of("8000.00", "EUR"))),
                Stream.of(funds)
                        .map(it -> new Grant(it, Money.of("50000.00", "EUR"), "vn-hanoi"))
                        .toList(),
                List.of(
                        new Milestone("m1", "Opening", LocalDate.parse("2026-06-01"), "interim", 3),
                        new Milestone("m2", "Fair", LocalDate.parse("2026-09-01"), "interim", 2)),
                List.of(
                        new Tranche("advance", new BigDecimal("0.5"), Tranche.IN_FORCE),
                        new Tranche("interim", new BigDecimal("0.3"), Tranche.MILESTONES),
                        new Tranche("balance", new BigDecimal("0.2"), Tranche.COMPLETION)),
                List.of("crafts"),
                List.of(8, 11),
                LocalDate.parse("2026-04-01"),
                LocalDate.parse("2026-12-31"),
                "Asia/Ho_Chi_Minh",
                verifier,
                agreements,
                Thresholds.USUAL,
                IDEA);
    }

    /// The default project, in a state.
    static Project in(Project.State state) {
        Project project = Project.placeholder(ID);
        switch (state) {
            case PLACEHOLDER -> {}
            case CONTRACTING -> project.approved(1, approvedPlan(), SYSTEM);
            case ACTIVE -> {
                project = in(Project.State.CONTRACTING);
                contract(project);
            }
            case SUSPENDED -> {
                project = in(Project.State.ACTIVE);
                project.suspend("The city council was dissolved.", SECRETARIAT);
            }
            case COMPLETED -> {
                project = in(Project.State.ACTIVE);
                verifyAll(project);
                project.complete("All work is done.", SECRETARIAT);
            }
            case TERMINATED -> {
                project = in(Project.State.ACTIVE);
                project.terminate("The lead has left the network.", SECRETARIAT);
            }
            case CLOSED -> {
                project = in(Project.State.COMPLETED);
                project.agreementChanged(AGREEMENT, ProjectFixture.known(FUND, CLOSED), SYSTEM);
                project.agreementChanged(OTHER_AGREEMENT, ProjectFixture.known(OTHER_FUND, RELEASED), SYSTEM);
                project.close("Nothing is open.", SECRETARIAT);
            }
        }
        return project;
    }

    /// All partners sign, and all agreements come into force.
    static void contract(Project project) {
        project.agreementChanged(AGREEMENT, ProjectFixture.known(FUND, IN_FORCE), SYSTEM);
        project.agreementChanged(OTHER_AGREEMENT, ProjectFixture.known(OTHER_FUND, IN_FORCE), SYSTEM);
        project.sign("vn-hanoi", ProjectFixture.admitted("vn-hanoi"), HANOI_SIGNATORY);
        project.sign("ph-cebu-city", ProjectFixture.admitted("ph-cebu-city"), CEBU_SIGNATORY);
    }

    static void verifyAll(Project project) {
        for (String milestone : List.of("m1", "m2")) {
            project.report(milestone, "It took place.", HANOI_EDITOR);
            project.verify(milestone, BigDecimal.ONE, null, SECRETARIAT);
        }
    }

    /// An active project whose first milestone is in a state.
    static Project with(MilestoneProgress.State state) {
        Project project = in(Project.State.ACTIVE);
        if (state == MilestoneProgress.State.PLANNED) return project;
        project.report("m1", "It took place.", HANOI_EDITOR);
        if (state == MilestoneProgress.State.VERIFIED) project.verify("m1", BigDecimal.ONE, null, SECRETARIAT);
        if (state == MilestoneProgress.State.RETURNED) project.returnForCorrection("m1", "No photos.", SECRETARIAT);
        return project;
    }
}
