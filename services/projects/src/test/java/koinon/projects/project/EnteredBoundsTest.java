package koinon.projects.project;

import static koinon.projects.project.ProjectFixture.HANOI_EDITOR;
import static koinon.projects.project.ProjectFixture.HANOI_SIGNATORY;
import static koinon.projects.project.ProjectFixture.SECOND_SECRETARIAT;
import static koinon.projects.project.ProjectFixture.SECRETARIAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.stream.Stream;
import koinon.eventing.rule.ValidationFailed;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a project itself rejects, independent of the request's validation.
class EnteredBoundsTest {

    @ParameterizedTest
    @ValueSource(strings = {"-0.0001", "-1", "1.0001", "0.12345", "100"})
    void what_is_achieved_is_from_none_to_all_with_four_decimals(String achieved) {
        refused(
                "/achieved",
                () -> ProjectFixture.with(MilestoneProgress.State.REPORTED)
                        .verify("m1", new BigDecimal(achieved), "So it is.", SECRETARIAT));
    }

    @Test
    void a_report_is_there_and_has_its_length() {
        for (String text : new String[] {null, " ", "x".repeat(20_001)})
            refused(
                    "/text",
                    () -> ProjectFixture.with(MilestoneProgress.State.PLANNED).report("m1", text, HANOI_EDITOR));
    }

    static Stream<ThrowingCallable> withoutReason() {
        return Stream.of(null, "", " \t", "x".repeat(2_001))
                .flatMap(reason -> Stream.of(
                        () -> ProjectFixture.with(MilestoneProgress.State.REPORTED)
                                .returnForCorrection("m1", reason, SECRETARIAT),
                        () -> ProjectFixture.with(MilestoneProgress.State.VERIFIED)
                                .withdrawVerification("m1", reason, SECOND_SECRETARIAT),
                        () -> ProjectFixture.with(MilestoneProgress.State.PLANNED)
                                .requestPostponement("m1", later(), reason, HANOI_SIGNATORY),
                        () -> ProjectFixture.in(Project.State.ACTIVE).suspend(reason, SECRETARIAT),
                        () -> ProjectFixture.in(Project.State.SUSPENDED).resume(reason, SECRETARIAT),
                        () -> ProjectFixture.in(Project.State.ACTIVE).terminate(reason, SECRETARIAT)));
    }

    @ParameterizedTest
    @MethodSource("withoutReason")
    void every_decision_has_a_reason_of_at_most_two_thousand_characters(ThrowingCallable decision) {
        refused("/reason", decision);
    }

    private static java.time.LocalDate later() {
        return ProjectFixture.approvedPlan().milestones().getFirst().due().plusDays(1);
    }

    private static void refused(String pointer, ThrowingCallable entry) {
        assertThatExceptionOfType(ValidationFailed.class)
                .isThrownBy(entry)
                .satisfies(it -> assertThat(it.violations())
                        .extracting(ValidationFailed.Violation::pointer)
                        .contains(pointer));
    }
}
