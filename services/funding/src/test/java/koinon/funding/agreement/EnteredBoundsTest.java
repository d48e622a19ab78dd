package koinon.funding.agreement;

import static koinon.funding.TestActors.approver;
import static koinon.funding.TestActors.signatory;
import static koinon.funding.agreement.AgreementFixture.eur;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.funding.agreement.payment.Scheme;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What the aggregate itself rejects, independent of the request's validation and of the event's source.
class EnteredBoundsTest {

    @ParameterizedTest
    @CsvSource({"5, -4", "1, 0", "0, 0", "-1, 2"})
    void weights_below_one_are_not_offered(int first, int second) {
        Scheme scheme = new Scheme(
                1,
                List.of(new Scheme.Share("interim", BigDecimal.ONE, "milestones")),
                List.of(
                        new Scheme.TrancheMilestone("m1", "interim", first),
                        new Scheme.TrancheMilestone("m2", "interim", second)));

        assertThatExceptionOfType(RuleViolation.class).isThrownBy(() -> scheme.of(eur("100")));
    }

    static Stream<ThrowingCallable> withoutReason() {
        return Stream.of(null, "", " \t", "x".repeat(2_001))
                .flatMap(reason -> Stream.of(
                        () -> AgreementFixture.offered().decline(reason, signatory("vn-hanoi")),
                        () -> AgreementFixture.sent(AgreementFixture.active(), "advance")
                                .failed("advance", reason, approver()),
                        () -> AgreementFixture.paid(AgreementFixture.active(), "advance")
                                .bounced("advance", reason, approver()),
                        () -> AgreementFixture.active().cancel("advance", reason, approver())));
    }

    @ParameterizedTest
    @MethodSource("withoutReason")
    void every_decision_has_a_reason_of_at_most_two_thousand_characters(ThrowingCallable decision) {
        assertThatExceptionOfType(ValidationFailed.class).isThrownBy(decision);
    }
}
