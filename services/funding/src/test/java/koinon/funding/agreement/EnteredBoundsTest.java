package koinon.funding.agreement;

import static koinon.funding.People.approver;
import static koinon.funding.People.signatory;
import static koinon.funding.agreement.Fixture.eur;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import koinon.funding.agreement.Facts.Scheme;
import koinon.platform.model.Invalid;
import koinon.platform.model.RuleBroken;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What an agreement refuses by itself, whatever reads the request or wrote the event.
class EnteredBoundsTest {

    @ParameterizedTest
    @CsvSource({"5, -4", "1, 0.5", "0.5, 0.4", "-1, 2"})
    void weights_that_are_no_parts_of_one_are_not_offered(BigDecimal first, BigDecimal second) {
        Scheme scheme = new Scheme(
                1,
                List.of(new Scheme.Share("interim", BigDecimal.ONE, "milestones")),
                List.of(new Scheme.Earning("m1", "interim", first), new Scheme.Earning("m2", "interim", second)));

        assertThatExceptionOfType(RuleBroken.class).isThrownBy(() -> scheme.of(eur("100")));
    }

    static Stream<ThrowingCallable> withoutReason() {
        return Stream.of(null, "", " \t", "x".repeat(2_001))
                .flatMap(reason -> Stream.of(
                        () -> Fixture.offered().decline(reason, signatory("vn-hanoi")),
                        () -> Fixture.sent(Fixture.active(), "advance").failed("advance", reason, approver()),
                        () -> Fixture.paid(Fixture.active(), "advance").bounced("advance", reason, approver()),
                        () -> Fixture.active().cancel("advance", reason, approver())));
    }

    @ParameterizedTest
    @MethodSource("withoutReason")
    void every_decision_says_why_within_two_thousand_characters(ThrowingCallable decision) {
        assertThatExceptionOfType(Invalid.class).isThrownBy(decision);
    }
}
