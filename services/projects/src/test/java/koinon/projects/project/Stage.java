package koinon.projects.project;

import static koinon.projects.project.KnownAgreement.Standing.CLOSED;
import static koinon.projects.project.KnownAgreement.Standing.IN_FORCE;
import static koinon.projects.project.KnownAgreement.Standing.RELEASED;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import koinon.platform.model.By;
import koinon.platform.model.Mandate;
import koinon.platform.model.Money;
import koinon.projects.plan.Award;
import koinon.projects.plan.Grant;
import koinon.projects.plan.Milestone;
import koinon.projects.plan.PartnerShare;
import koinon.projects.plan.Thresholds;
import koinon.projects.plan.Tranche;
import org.jspecify.annotations.Nullable;

/// The people and the project of these tests, brought to a state by what really leads there.
final class Stage {

    static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    static final String ID = "0b5e5c1e-6a55-4f7e-9d0b-2f6d1d5a7c11";
    static final String FUND = "fund-a";
    static final String OTHER_FUND = "fund-b";
    static final String AGREEMENT = "agreement-a";
    static final String OTHER_AGREEMENT = "agreement-b";

    static final By HANOI_EDITOR = person("hanoi-editor", "city-editor@city/vn-hanoi");
    static final By HANOI_SIGNATORY = person("hanoi-signatory", "city-signatory@city/vn-hanoi");
    static final By CEBU_SIGNATORY = person("cebu-signatory", "city-signatory@city/ph-cebu-city");
    static final By SECRETARIAT = person("secretariat-1", "secretariat@network");
    static final By SECOND_SECRETARIAT = person("secretariat-2", "secretariat@network");
    static final By OFFICER = person("officer-1", "funder-officer@funder/xm-dac-41304");
    static final By OTHER_OFFICER = person("officer-2", "funder-officer@funder/sg-asean-culture-fund");
    static final By CONTROLLER = person("controller-1", "controller@network");
    static final By AUDITOR = person("auditor-1", "auditor@network");
    static final By SYSTEM = By.system("projects", NOW);

    static final Function<String, @Nullable String> FUNDERS =
            Map.of(FUND, "xm-dac-41304", OTHER_FUND, "sg-asean-culture-fund")::get;

    private Stage() {}

    static By person(String name, String... rights) {
        List<Mandate> mandates = Stream.of(rights)
                .map(it -> new Mandate(
                        name + "/" + it,
                        it.substring(0, it.indexOf('@')),
                        it.substring(it.indexOf('@') + 1),
                        null,
                        null,
                        null))
                .toList();
        return new By(name, mandates, null, null, NOW);
    }

    static Award award() {
        return award("secretariat", "all", FUND, OTHER_FUND);
    }

    static Award award(String verifier, String agreements, String... funds) {
        return new Award(
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
                        new Milestone("m1", "Opening", LocalDate.parse("2026-06-01"), "interim", new BigDecimal("0.6")),
                        new Milestone("m2", "Fair", LocalDate.parse("2026-09-01"), "interim", new BigDecimal("0.4"))),
                List.of(
                        new Tranche("advance", new BigDecimal("0.5"), Tranche.IN_FORCE),
                        new Tranche("interim", new BigDecimal("0.3"), Tranche.MILESTONES),
                        new Tranche("balance", new BigDecimal("0.2"), Tranche.COMPLETION)),
                List.of("crafts"),
                List.of(8, 11),
                LocalDate.parse("2026-04-01"),
                LocalDate.parse("2026-12-31"),
                verifier,
                agreements,
                Thresholds.USUAL);
    }

    /// The usual project, in a state.
    static Project in(Project.State state) {
        Project project = Project.awaited(ID);
        switch (state) {
            case AWAITED -> {}
            case CONTRACTING -> project.approved(1, award(), SYSTEM);
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
                project.complete("All work is done.", FUNDERS, SECRETARIAT);
            }
            case TERMINATED -> {
                project = in(Project.State.ACTIVE);
                project.terminate("The lead has left the network.", SECRETARIAT);
            }
            case CLOSED -> {
                project = in(Project.State.COMPLETED);
                project.heard(AGREEMENT, new KnownAgreement(FUND, CLOSED), SYSTEM);
                project.heard(OTHER_AGREEMENT, new KnownAgreement(OTHER_FUND, RELEASED), SYSTEM);
                project.close("Nothing is open.", SECRETARIAT);
            }
        }
        return project;
    }

    /// Signs by all and brings all agreements into force.
    static void contract(Project project) {
        project.heard(AGREEMENT, new KnownAgreement(FUND, IN_FORCE), SYSTEM);
        project.heard(OTHER_AGREEMENT, new KnownAgreement(OTHER_FUND, IN_FORCE), SYSTEM);
        project.sign("vn-hanoi", HANOI_SIGNATORY);
        project.sign("ph-cebu-city", CEBU_SIGNATORY);
    }

    static void verifyAll(Project project) {
        for (String milestone : List.of("m1", "m2")) {
            project.report(milestone, "It took place.", HANOI_EDITOR);
            project.verify(milestone, BigDecimal.ONE, null, FUNDERS, SECRETARIAT);
        }
    }

    /// An active project whose first milestone is in a state.
    static Project with(MilestoneProgress.State state) {
        Project project = in(Project.State.ACTIVE);
        if (state == MilestoneProgress.State.PLANNED) return project;
        project.report("m1", "It took place.", HANOI_EDITOR);
        if (state == MilestoneProgress.State.VERIFIED) project.verify("m1", BigDecimal.ONE, null, FUNDERS, SECRETARIAT);
        if (state == MilestoneProgress.State.RETURNED) project.giveBack("m1", "No photos.", FUNDERS, SECRETARIAT);
        return project;
    }
}
