package koinon.projects.call;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import koinon.projects.Someone;
import koinon.projects.fund.KnownFund;
import koinon.projects.plan.Deadline;
import koinon.projects.plan.Thresholds;
import koinon.projects.plan.Tranche;

/// Calls for tests, brought to their state by what really happens to calls.
public final class SomeCall {

    public static final Instant BEFORE_OPENING = Instant.parse("2026-12-01T00:00:00Z");
    public static final Instant WHILE_OPEN = Instant.parse("2027-02-01T00:00:00Z");
    public static final Instant AFTER_CLOSING = Instant.parse("2027-04-01T00:00:00Z");

    public static final List<KnownFund> FUNDS = List.of(
            new KnownFund("fund-a", "xm-dac-41304", "Culture", "EUR", null),
            new KnownFund("fund-b", "vn-cityfund", "Hà Nội's own", "EUR", "vn-hanoi"));

    private SomeCall() {}

    /// A call with a grant from two funds, 70 to 30, in three instalments.
    public static Terms terms() {
        return new Terms(
                "Crafts across borders",
                "EUR",
                new Deadline(LocalDateTime.parse("2027-01-01T00:00:00"), "Asia/Ho_Chi_Minh"),
                new Deadline(LocalDateTime.parse("2027-03-31T17:00:00"), "Asia/Ho_Chi_Minh"),
                List.of(
                        Map.of("kind", "partners", "min", 2),
                        Map.of("kind", "grant", "max", "100000"),
                        Map.of("kind", "duration", "min", 12, "max", 24)),
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
                new Thresholds(30, 60));
    }

    /// The same without money.
    public static Terms termsWithoutGrant() {
        return with(terms(), List.of(), List.of(), List.of(Map.of("kind", "partners", "min", 2)));
    }

    public static Terms with(
            Terms it, List<Tranche> tranches, List<Terms.FundShare> funds, List<Map<String, Object>> rules) {
        return new Terms(
                it.title(),
                it.currency(),
                it.opens(),
                it.closes(),
                rules,
                tranches,
                funds,
                it.themes(),
                it.sdgs(),
                it.verifier(),
                it.agreements(),
                it.thresholds());
    }

    static Terms verifiedBy(String verifier, Terms it) {
        return new Terms(
                it.title(),
                it.currency(),
                it.opens(),
                it.closes(),
                it.rules(),
                it.tranches(),
                it.funds(),
                it.themes(),
                it.sdgs(),
                verifier,
                it.agreements(),
                it.thresholds());
    }

    static Terms closing(Deadline closes, Terms it) {
        return new Terms(
                it.title(),
                it.currency(),
                it.opens(),
                closes,
                it.rules(),
                it.tranches(),
                it.funds(),
                it.themes(),
                it.sdgs(),
                it.verifier(),
                it.agreements(),
                it.thresholds());
    }

    public static Call titled(String title) {
        return Call.draft("call-1", title, Someone.secretariat(BEFORE_OPENING));
    }

    static Call draft() {
        return Call.draft("call-1", "Crafts", Someone.secretariat(BEFORE_OPENING));
    }

    static Call written(Terms terms) {
        Call call = draft();
        call.change(terms, FUNDS, Someone.secretariat(BEFORE_OPENING));
        return call;
    }

    public static Call published() {
        return published(UnaryOperator.identity());
    }

    public static Call published(UnaryOperator<Terms> change) {
        Call call = written(change.apply(terms()));
        call.publish(Someone.secretariat(BEFORE_OPENING));
        return call;
    }

    public static Call decided() {
        Call call = published();
        call.decide(null, Someone.secretariat(AFTER_CLOSING));
        return call;
    }

    public static Call cancelled() {
        Call call = published();
        call.cancel("No money.", Someone.secretariat(WHILE_OPEN));
        return call;
    }
}
