package koinon.projects.call;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.action.Deadline;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.rule.ValidationFailed.Violation;
import koinon.eventing.value.Money;
import koinon.projects.call.rules.Rule;
import koinon.projects.fund.KnownFund;
import koinon.projects.plan.Plan;
import koinon.projects.plan.Tranche;
import org.jspecify.annotations.Nullable;

/// Validates the terms of a call and collects all violations.
final class TermsCheck {

    static final String NO_VERIFIER = "Milestones are verified by secretariat, controller or funder-officer.";
    static final String NO_AGREEMENTS = "Either all or first.";

    private static final Set<String> VERIFIERS = Set.of("secretariat", "controller", "funder-officer");
    private static final Set<String> AGREEMENTS = Set.of("all", "first");
    private static final int MOST_TRANCHES = 20;
    private static final int MOST_FUNDS = 20;

    private final Terms terms;
    private final Map<String, KnownFund> funds;
    private final Set<String> groups;
    private final List<Violation> violations = new ArrayList<>();

    private TermsCheck(Terms terms, Collection<KnownFund> funds, Set<String> groups) {
        this.terms = terms;
        this.groups = groups;
        this.funds = funds.stream().collect(Collectors.toMap(KnownFund::id, Function.identity()));
    }

    /// The terms, when nothing is wrong with them.
    ///
    /// @param funds the known funds among those that the terms name
    /// @param groups the ids of the known groups among those that its rules name
    /// @throws ValidationFailed with every violation
    static Terms checked(Terms terms, Collection<KnownFund> funds, Set<String> groups) {
        return new TermsCheck(terms, funds, groups).checked();
    }

    /// Rejects an amendment that changes nothing, or whose deadline is not later.
    ///
    /// @throws ValidationFailed with every violation
    static void amended(Terms before, Terms after, Instant now) {
        TermsCheck check = new TermsCheck(after, List.of(), Set.of());
        if (after.equals(before)) check.wrong("", "call.amends-nothing", "It changes nothing.");
        check.title();
        check.thresholds();
        if (!after.closes().equals(before.closes())) check.deadlineAfter(before.closes(), now);
        if (!check.violations.isEmpty()) throw new ValidationFailed(check.violations);
    }

    private void deadlineAfter(Deadline before, Instant now) {
        if (!exists("/closes", terms.closes())) return;
        if (!terms.closes().instant().isAfter(before.instant()))
            wrong(
                    "/closes/local",
                    "call.not-later",
                    "A later deadline than %s is expected; it is never made earlier.",
                    "closes",
                    before);
        else if (terms.closes().isPast(now))
            wrong("/closes/local", "call.deadline-passed", "This deadline has passed already; name a later one.");
    }

    private Terms checked() {
        title();
        if (!Money.isPayable(terms.currency()))
            wrong(
                    "/currency",
                    "validation.currency",
                    "ISO 4217 has no currency %s that people pay in.",
                    "currency",
                    terms.currency());
        dates();
        rules();
        tranches();
        funds();
        for (int i = 0; i < terms.sdgs().size(); i++)
            if (terms.sdgs().get(i) < 1 || terms.sdgs().get(i) > 17)
                wrong("/sdgs/" + i, "validation.goals", "Goals are numbered 1 to %s.", "max", 17);
        if (!VERIFIERS.contains(terms.verifier())) wrong("/verifier", "call.verifier", NO_VERIFIER);
        if (terms.verifier().equals("funder-officer") && !terms.givesGrant())
            wrong("/verifier", "call.no-officer", "Where no fund pays there is no officer to verify.");
        if (!AGREEMENTS.contains(terms.agreements())) wrong("/agreements", "call.agreements", NO_AGREEMENTS);
        thresholds();
        if (!violations.isEmpty()) throw new ValidationFailed(violations);
        return terms;
    }

    private void title() {
        try {
            Bounds.line("/title", terms.title(), Plan.LONGEST_TITLE);
        } catch (ValidationFailed it) {
            violations.addAll(it.violations());
        }
    }

    private void thresholds() {
        if (terms.thresholds().dueSoonDays() < 0)
            wrong("/thresholds/dueSoonDays", "validation.days", "Days are not negative.");
        if (terms.thresholds().atRiskDays() < 0)
            wrong("/thresholds/atRiskDays", "validation.days", "Days are not negative.");
    }

    private void dates() {
        boolean opens = exists("/opens", terms.opens());
        boolean closes = exists("/closes", terms.closes());
        if (opens && closes && !terms.opens().instant().isBefore(terms.closes().instant()))
            wrong("/closes/local", "call.closes-before-it-opens", "A call closes after it opens.");
    }

    private boolean exists(String pointer, Deadline deadline) {
        Optional<Violation> wrong = deadline.violation(pointer);
        wrong.ifPresent(violations::add);
        return wrong.isEmpty();
    }

    private void rules() {
        for (int i = 0; i < terms.rules().size(); i++) {
            String pointer = "/rules/" + i;
            Rule rule = terms.rules().get(i);
            Stream.concat(rule.unknownValues().stream(), rule.unknownGroups(groups).stream())
                    .forEach(it -> violations.add(new Violation(pointer + it.pointer(), it.sentence())));
        }
    }

    private void tranches() {
        Set<String> ids = new HashSet<>();
        if (terms.tranches().size() > MOST_TRANCHES)
            wrong("/tranches", "validation.at-most", "At most %s are allowed.", "max", MOST_TRANCHES);
        for (int i = 0; i < terms.tranches().size(); i++) {
            Tranche tranche = terms.tranches().get(i);
            if (!tranche.id().matches("[a-z0-9-]{1,40}"))
                wrong(
                        "/tranches/" + i + "/id",
                        "validation.id",
                        "An id is made of a-z, 0-9 and -, at most 40 of them.");
            if (!ids.add(tranche.id()))
                wrong("/tranches/" + i + "/id", "call.tranche-twice", "Another tranche has this id.");
            if (!Tranche.WAITS.contains(tranche.waitsFor()))
                wrong(
                        "/tranches/" + i + "/waitsFor",
                        "call.waits-for",
                        "A tranche waits for in-force, milestones or completion.");
        }
        shares("/tranches", terms.tranches().stream().map(Tranche::share).toList());
        if (terms.tranches().isEmpty() == terms.givesGrant())
            wrong("/tranches", "call.tranches-without-funds", "Tranches are named where funds pay, and only there.");
    }

    private void funds() {
        Set<String> ids = new HashSet<>();
        if (terms.funds().size() > MOST_FUNDS)
            wrong("/funds", "validation.at-most", "At most %s are allowed.", "max", MOST_FUNDS);
        for (int i = 0; i < terms.funds().size(); i++) {
            String id = terms.funds().get(i).fund();
            @Nullable KnownFund fund = funds.get(id);
            if (!ids.add(id)) wrong("/funds/" + i + "/fund", "call.fund-twice", "This fund is named twice.");
            if (fund == null) wrong("/funds/" + i + "/fund", "call.no-such-fund", "There is no fund %s.", "fund", id);
            else if (!fund.currency().equals(terms.currency()))
                wrong(
                        "/funds/" + i + "/fund",
                        "call.fund-currency",
                        "The fund pays in %s, the call is in %s.",
                        "fund",
                        fund.currency(),
                        "call",
                        terms.currency());
        }
        shares("/funds", terms.funds().stream().map(Terms.FundShare::share).toList());
    }

    private void shares(String pointer, List<BigDecimal> shares) {
        if (shares.isEmpty()) return;
        for (int i = 0; i < shares.size(); i++)
            if (shares.get(i).signum() <= 0)
                wrong(pointer + "/" + i + "/share", "validation.share", "A share is above 0.");
        if (shares.stream().reduce(BigDecimal.ZERO, BigDecimal::add).compareTo(BigDecimal.ONE) != 0)
            wrong(pointer, "validation.shares", "The shares add up to 1.");
    }

    private void wrong(String pointer, String key, String text, Object... values) {
        violations.add(new Violation(pointer, key, text, values));
    }
}
