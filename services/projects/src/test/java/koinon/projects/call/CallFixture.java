package koinon.projects.call;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import koinon.eventing.action.Deadline;
import koinon.projects.TestActors;
import koinon.projects.call.rules.Rule;
import koinon.projects.fund.KnownFund;
import koinon.projects.plan.Thresholds;
import koinon.projects.plan.Tranche;
import org.jspecify.annotations.Nullable;

/// Calls for tests; only real events bring them to a state.
public final class CallFixture {

    public static final Instant BEFORE_OPENING = Instant.parse("2026-12-01T00:00:00Z");
    public static final Instant WHILE_OPEN = Instant.parse("2027-02-01T00:00:00Z");
    public static final Instant AFTER_CLOSING = Instant.parse("2027-04-01T00:00:00Z");

    public static final List<KnownFund> FUNDS = List.of(
            new KnownFund("fund-a", "xm-dac-41304", "Culture", "EUR", null),
            new KnownFund("fund-b", "vn-cityfund", "Hà Nội's own", "EUR", "vn-hanoi"));

    private CallFixture() {}

    /// Terms with a grant from two funds, 70 to 30, in three tranches.
    public static Terms terms() {
        return new Terms(
                "Crafts across borders",
                "EUR",
                new Deadline(LocalDateTime.parse("2027-01-01T00:00:00"), "Asia/Ho_Chi_Minh"),
                new Deadline(LocalDateTime.parse("2027-03-31T17:00:00"), "Asia/Ho_Chi_Minh"),
                List.of(
                        new Rule.Partners(2, null),
                        new Rule.Grant(null, new BigDecimal("100000")),
                        new Rule.Duration(12, 24)),
                List.of(
                        new Tranche("advance", new BigDecimal("0.5"), Tranche.IN_FORCE),
                        new Tranche("interim", new BigDecimal("0.3"), Tranche.MILESTONES),
                        new Tranche("balance", new BigDecimal("0.2"), Tranche.COMPLETION)),
                List.of(
                        new Terms.FundShare("fund-a", new BigDecimal("0.7")),
                        new Terms.FundShare("fund-b", new BigDecimal("0.3"))),
                List.of("crafts"),
                List.of(8, 11),
                "secretariat",
                "all",
                new Thresholds(30, 60),
                null);
    }

    /// The same terms without a grant.
    public static Terms termsWithoutGrant() {
        return with(terms(), List.of(), List.of(), List.of(new Rule.Partners(2, null)));
    }

    public static Terms with(Terms it, List<Tranche> tranches, List<Terms.FundShare> funds, List<Rule> rules) {
        return copy(it, it.closes(), rules, tranches, funds, it.verifier(), it.holdsDecisions());
    }

    static Terms verifiedBy(String verifier, Terms it) {
        return copy(it, it.closes(), it.rules(), it.tranches(), it.funds(), verifier, it.holdsDecisions());
    }

    static Terms closing(Deadline closes, Terms it) {
        return copy(it, closes, it.rules(), it.tranches(), it.funds(), it.verifier(), it.holdsDecisions());
    }

    /// The same terms, under which decisions are held.
    public static Terms holding(Terms it) {
        return copy(it, it.closes(), it.rules(), it.tranches(), it.funds(), it.verifier(), true);
    }

    private static Terms copy(
            Terms it,
            Deadline closes,
            List<Rule> rules,
            List<Tranche> tranches,
            List<Terms.FundShare> funds,
            String verifier,
            @Nullable Boolean holdsDecisions) {
        return new Terms(
                it.title(),
                it.currency(),
                it.opens(),
                closes,
                rules,
                tranches,
                funds,
                it.themes(),
                it.sdgs(),
                verifier,
                it.agreements(),
                it.thresholds(),
                holdsDecisions);
    }

    public static Call titled(String title) {
        return Call.draft("call-1", title, TestActors.secretariat(BEFORE_OPENING));
    }

    static Call draft() {
        return Call.draft("call-1", "Crafts", TestActors.secretariat(BEFORE_OPENING));
    }

    static Call written(Terms terms) {
        Call call = draft();
        call.change(terms, FUNDS, Set.of(), TestActors.secretariat(BEFORE_OPENING));
        return call;
    }

    public static Call published() {
        return published(UnaryOperator.identity());
    }

    public static Call published(UnaryOperator<Terms> change) {
        Call call = written(change.apply(terms()));
        call.publish(TestActors.secretariat(BEFORE_OPENING));
        return call;
    }

    public static Call decided() {
        Call call = published();
        call.decide(null, TestActors.secretariat(AFTER_CLOSING));
        return call;
    }

    public static Call archived() {
        Call call = decided();
        call.archive(TestActors.secretariat(AFTER_CLOSING));
        return call;
    }

    /// Holds decisions, and has released them so many times.
    public static Call holding(int releases) {
        Call call = published(CallFixture::holding);
        for (int i = 0; i < releases; i++) call.releaseDecisions(TestActors.secretariat(WHILE_OPEN));
        return call;
    }

    public static Call cancelled() {
        return cancelled(published());
    }

    public static Call cancelled(Call call) {
        call.cancel("No money.", TestActors.secretariat(WHILE_OPEN));
        return call;
    }
}
