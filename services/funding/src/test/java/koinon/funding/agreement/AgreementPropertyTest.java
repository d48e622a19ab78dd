package koinon.funding.agreement;

import static koinon.funding.TestActors.approver;
import static koinon.funding.TestActors.officer;
import static koinon.funding.TestActors.signatory;
import static koinon.funding.TestActors.system;
import static koinon.funding.agreement.AgreementFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.value.Money;
import koinon.funding.agreement.AgreementEvent.*;
import koinon.funding.agreement.payment.OfferedTranche;
import koinon.funding.agreement.payment.Schedule;
import koinon.funding.agreement.payment.Scheme;
import koinon.funding.agreement.payment.Scheme.Share;
import koinon.funding.agreement.payment.Tranche;
import koinon.funding.ledger.Posting;
import koinon.funding.project.KnownProject;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// With any commands and any order of events, an agreement never pays more than it has, and its entries add up to
/// zero.
class AgreementPropertyTest {

    /// A command or an event, with a description for a failing example.
    record Step(String words, Consumer<Agreement> action) {
        @Override
        public String toString() {
            return words;
        }
    }

    @Property(tries = 1000)
    void no_interleaving_pays_more_than_there_is_and_every_entry_is_zero(@ForAll("steps") List<Step> steps) {
        Agreement it = active();
        for (Step step : steps) {
            try {
                step.action().accept(it);
            } catch (RuleViolation _) {
                // A rejected command changes nothing; the assertions below must still hold.
            }
            assertThat(it.schedule().free().isNegative()).as("after %s", step).isFalse();
            assertThat(it.schedule().paid().exceeds(it.amount())).isFalse();
        }
        Map<String, Money> ledger = new HashMap<>();
        it.events().stream().map(AgreementPropertyTest::postings).forEach(postings -> {
            assertThat(postings.stream().map(Posting::amount).reduce(eur("0"), Money::plus))
                    .isEqualTo(eur("0"));
            postings.forEach(one -> ledger.merge(one.account(), one.amount(), Money::plus));
        });
        boolean closed = it.state() == State.CLOSED;
        assertThat(ledger.getOrDefault(Posting.paid(ID), eur("0")))
                .isEqualTo(it.schedule().paid());
        assertThat(ledger.get(Posting.outstanding(ID)))
                .isEqualTo(closed ? eur("0") : it.schedule().outstanding());
        assertThat(ledger.get(Posting.held(FUND)))
                .isEqualTo(
                        closed
                                ? it.schedule().paid().negated()
                                : it.schedule().amount().negated());
    }

    @Property(tries = 300)
    void whatever_happened_the_project_can_be_terminated_and_the_agreement_closes(@ForAll("steps") List<Step> steps) {
        Agreement it = active();
        for (Step step : steps) {
            try {
                step.action().accept(it);
            } catch (RuleViolation _) {
                // The command is rejected; every state must still have a way to an end.
            }
        }
        if (it.state() == State.CLOSED) return;
        project(it, KnownProject.State.TERMINATED);
        for (Tranche tranche : it.schedule().tranches())
            if (tranche.state() == Tranche.State.SENT) it.failed(tranche.id(), "No.", approver());

        assertThat(it.state()).isEqualTo(State.CLOSED);
    }

    @Property(tries = 500)
    void amounts_from_shares_add_up_to_the_amount_and_none_is_lost(
            @ForAll @IntRange(min = 1, max = 100_000_000) int cents,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 50) Integer> weights) {
        int total = weights.stream().mapToInt(Integer::intValue).sum();
        if (total == 0) return;
        Money amount = new Money(BigDecimal.valueOf(cents, 2), "EUR");
        List<BigDecimal> shares = new ArrayList<>();
        BigDecimal rest = BigDecimal.ONE;
        for (int weight : weights.subList(0, weights.size() - 1)) {
            shares.add(BigDecimal.valueOf(weight).divide(BigDecimal.valueOf(total), 4, RoundingMode.DOWN));
            rest = rest.subtract(shares.getLast());
        }
        shares.add(rest);
        Scheme scheme = new Scheme(
                1,
                IntStream.range(0, shares.size())
                        .mapToObj(it -> new Share("t" + it, shares.get(it), "in-force"))
                        .toList(),
                List.of());

        List<OfferedTranche> offered = scheme.of(amount);

        assertThat(offered.stream().map(OfferedTranche::planned).reduce(Money.zero("EUR"), Money::plus))
                .isEqualTo(amount);
        assertThat(offered).noneMatch(it -> it.planned().isNegative());
        assertThat(Schedule.of(amount, offered).tranches()).hasSameSizeAs(shares);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<String> tranches = Arbitraries.of("advance", "interim", "balance");
        Arbitrary<String> milestones = Arbitraries.of("m1", "m2");
        Arbitrary<String> parts = Arbitraries.of("0", "0.3333", "0.5", "1");
        Arbitrary<Step> command = Combinators.combine(
                        tranches, Arbitraries.of("request", "authorise", "send", "paid", "failed", "bounced", "cancel"))
                .as(AgreementPropertyTest::command);
        Arbitrary<Step> verified = Combinators.combine(milestones, parts)
                .as((milestone, part) ->
                        new Step(milestone + " verified " + part, it -> verified(it, milestone, part)));
        Arbitrary<Step> withdrawn = milestones.map(it -> new Step(it + " withdrawn", one -> withdrawn(one, it)));
        Arbitrary<Step> project = Arbitraries.frequency(
                        Tuple.of(5, KnownProject.State.ACTIVE),
                        Tuple.of(2, KnownProject.State.SUSPENDED),
                        Tuple.of(1, KnownProject.State.COMPLETED),
                        Tuple.of(1, KnownProject.State.TERMINATED))
                .map(it -> new Step("project " + it, one -> project(one, it)));
        Arbitrary<Step> other = Arbitraries.of(
                new Step("selected again", it -> selected(it, 2)),
                new Step("reserve-listed", it -> it.on(facts -> facts.reserveListed(1, "No money."), system())),
                new Step("signed again", it -> it.sign(null, signatory("vn-hanoi"))));
        return Arbitraries.frequencyOf(
                        Tuple.of(12, command),
                        Tuple.of(4, verified),
                        Tuple.of(2, withdrawn),
                        Tuple.of(1, project),
                        Tuple.of(1, other))
                .list()
                .ofMinSize(10)
                .ofMaxSize(80);
    }

    private static Step command(String tranche, String name) {
        return new Step(name + " " + tranche, it -> {
            switch (name) {
                case "request" -> it.request(tranche, officer());
                case "authorise" -> it.authorise(tranche, approver());
                case "send" -> it.send(tranche, "KN-" + it.sequence(), officer());
                case "paid" -> it.paid(tranche, booked(it, tranche), approver());
                case "failed" -> it.failed(tranche, "No.", approver());
                case "bounced" -> it.bounced(tranche, "No.", approver());
                case "cancel" -> it.cancel(tranche, "No.", approver());
                default -> throw new IllegalArgumentException(name);
            }
        });
    }

    static List<Posting> postings(AgreementEvent event) {
        return switch (event) {
            case AgreementInForce e -> e.postings();
            case AgreementClosed e -> e.postings();
            case TranchePaid e -> e.postings();
            case TrancheBounced e -> e.postings();
            case TranchePaymentReversed e -> e.postings();
            case AgreementRequested _,
                    AgreementReserved _,
                    AgreementRefused _,
                    AgreementReleased _,
                    AgreementOffered _,
                    AgreementDeclined _,
                    AgreementSigned _,
                    AgreementSuspended _,
                    AgreementResumed _,
                    AgreementTerminated _,
                    TranchePayable _,
                    TrancheWithheld _,
                    TrancheRequested _,
                    TrancheAuthorised _,
                    TrancheSent _,
                    TrancheFailed _,
                    TrancheCancelled _,
                    TrancheUnfounded _,
                    TrancheFounded _,
                    TrancheRestored _,
                    TextRedacted _,
                    NextChanged _ -> List.of();
        };
    }
}
