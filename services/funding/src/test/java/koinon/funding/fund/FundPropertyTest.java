package koinon.funding.fund;

import static koinon.funding.TestActors.FUNDER;
import static koinon.funding.TestActors.officer;
import static koinon.funding.TestActors.system;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.value.Money;
import koinon.funding.fund.FundEvent.MoneyEvent;
import koinon.funding.ledger.Posting;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// With any requests in any order, a fund never holds more than its set-asides and its envelope allow, and its
/// entries match.
class FundPropertyTest {

    private static final String ID = "a-fund";

    /// A command or an event, with a description for a failing example.
    record Step(String words, Consumer<Fund> action) {
        @Override
        public String toString() {
            return words;
        }
    }

    @Property(tries = 500)
    void no_interleaving_overspends_and_every_entry_is_zero(@ForAll("steps") List<Step> steps) {
        Fund fund = Fund.open(ID, FUNDER, "A fund", "EUR", null, officer());
        for (Step step : steps) {
            try {
                step.action().accept(fund);
            } catch (RuleViolation _) {
                // A rejected command changes nothing; the assertions below must still hold.
            }
            for (String call : List.of("c0", "c1"))
                assertThat(fund.heldFor(call).exceeds(fund.setAsideFor(call)))
                        .as("held for %s exceeds its set-aside after %s", call, step)
                        .isFalse();
            assertThat(fund.setAside().exceeds(fund.envelope())).isFalse();
            assertThat(fund.held().isNegative()).isFalse();
        }
        Map<String, Money> ledger = new HashMap<>();
        fund.events().forEach(event -> {
            if (event instanceof MoneyEvent it) {
                assertThat(it.postings().stream().map(Posting::amount).reduce(eur(0), Money::plus))
                        .isEqualTo(eur(0));
                it.postings().forEach(one -> ledger.merge(one.account(), one.amount(), Money::plus));
            }
        });
        assertThat(ledger.getOrDefault(Posting.held(ID), eur(0))).isEqualTo(fund.held());
        assertThat(ledger.getOrDefault(Posting.available(ID), eur(0)))
                .isEqualTo(fund.envelope().minus(fund.held()));
        assertThat(ledger.getOrDefault(Posting.funder(FUNDER), eur(0)))
                .isEqualTo(fund.envelope().negated());
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> amounts = Arbitraries.integers().between(1, 1000);
        Arbitrary<String> calls = Arbitraries.of("c0", "c1");
        Arbitrary<String> agreements = Arbitraries.of("a0", "a1", "a2", "a3", "a4");
        Arbitrary<Step> step = Arbitraries.oneOf(
                amounts.map(it -> new Step("raise " + it, fund -> fund.raiseEnvelope(eur(it), "Up.", officer()))),
                amounts.map(it -> new Step("lower " + it, fund -> fund.lowerEnvelope(eur(it), "Down.", officer()))),
                Combinators.combine(calls, amounts)
                        .as((call, it) -> new Step(
                                "set aside " + it + " for " + call, fund -> fund.setAside(call, eur(it), officer()))),
                Combinators.combine(agreements, calls, amounts)
                        .as((agreement, call, it) -> new Step(
                                agreement + " asks for " + it + " of " + call,
                                fund -> fund.requested(agreement, "p", call, 1, eur(it), "vn-hanoi", system()))),
                agreements.map(it -> new Step(it + " is released", fund -> fund.released(it, "Free.", system()))),
                Combinators.combine(agreements, amounts)
                        .as((agreement, it) -> new Step(
                                agreement + " closes with " + it, fund -> fund.closed(agreement, eur(it), system()))));
        return step.list().ofMinSize(5).ofMaxSize(60);
    }

    private static Money eur(int amount) {
        return new Money(BigDecimal.valueOf(amount), "EUR");
    }
}
