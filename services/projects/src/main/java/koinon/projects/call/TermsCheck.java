package koinon.projects.call;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import koinon.platform.model.Invalid;
import koinon.platform.model.Invalid.Violation;
import koinon.platform.model.Money;
import koinon.projects.fund.KnownFund;
import koinon.projects.plan.Deadline;
import koinon.projects.plan.Plan;
import koinon.projects.plan.Tranche;
import org.jspecify.annotations.Nullable;

/// What must be right in terms before a call takes them; finds everything that is wrong, not only the first.
final class TermsCheck {

    static final String NO_VERIFIER = "Milestones are verified by secretariat, controller or funder-officer.";
    static final String NO_AGREEMENTS = "Either all or first.";

    private static final Set<String> VERIFIERS = Set.of("secretariat", "controller", "funder-officer");
    private static final Set<String> AGREEMENTS = Set.of("all", "first");
    private static final int MOST_TRANCHES = 20;
    private static final int MOST_FUNDS = 20;

    private final Terms terms;
    private final Map<String, KnownFund> funds;
    private final List<Violation> violations = new ArrayList<>();

    private TermsCheck(Terms terms, Collection<KnownFund> funds) {
        this.terms = terms;
        this.funds = funds.stream().collect(Collectors.toMap(KnownFund::id, Function.identity()));
    }

    /// The terms with their rules in the one form in which they are kept.
    ///
    /// @param funds those of the terms' funds that are known
    /// @throws Invalid with every violation
    static Terms checked(Terms terms, Collection<KnownFund> funds) {
        return new TermsCheck(terms, funds).checked();
    }

    private Terms checked() {
        if (terms.title() == null || terms.title().isBlank()) wrong("/title", "This is required.");
        else if (terms.title().codePointCount(0, terms.title().length()) > Plan.LONGEST_TITLE)
            wrong("/title", "At most %d characters are allowed.".formatted(Plan.LONGEST_TITLE));
        if (!Money.isPayable(terms.currency()))
            wrong("/currency", "ISO 4217 has no currency " + terms.currency() + " that people pay in.");
        dates();
        List<Map<String, Object>> rules = rules();
        tranches();
        funds();
        for (int i = 0; i < terms.sdgs().size(); i++)
            if (terms.sdgs().get(i) < 1 || terms.sdgs().get(i) > 17) wrong("/sdgs/" + i, "Goals are numbered 1 to 17.");
        if (!VERIFIERS.contains(terms.verifier())) wrong("/verifier", NO_VERIFIER);
        if (terms.verifier().equals("funder-officer") && !terms.givesGrant())
            wrong("/verifier", "Where no fund pays there is no officer to verify.");
        if (!AGREEMENTS.contains(terms.agreements())) wrong("/agreements", NO_AGREEMENTS);
        if (terms.thresholds().dueSoonDays() < 0) wrong("/thresholds/dueSoonDays", "Days are not negative.");
        if (terms.thresholds().atRiskDays() < 0) wrong("/thresholds/atRiskDays", "Days are not negative.");
        if (!violations.isEmpty()) throw new Invalid(violations);
        return terms.withRules(rules);
    }

    private void dates() {
        boolean opens = zone("/opens", terms.opens());
        boolean closes = zone("/closes", terms.closes());
        if (opens && closes && !terms.opens().instant().isBefore(terms.closes().instant()))
            wrong("/closes/local", "A call closes after it opens.");
    }

    private boolean zone(String pointer, Deadline deadline) {
        boolean known = deadline.hasKnownZone();
        if (!known) wrong(pointer + "/zone", "There is no time zone " + deadline.zone() + ".");
        return known;
    }

    private List<Map<String, Object>> rules() {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (int i = 0; i < terms.rules().size(); i++) {
            @Nullable Rule rule = RuleBook.read(terms.rules().get(i), "/rules/" + i, violations);
            if (rule == null) continue;
            for (Violation it : rule.strange()) wrong("/rules/" + i + it.pointer(), it.detail());
            rules.add(RuleBook.entry(rule));
        }
        return rules;
    }

    private void tranches() {
        Set<String> ids = new HashSet<>();
        if (terms.tranches().size() > MOST_TRANCHES)
            wrong("/tranches", "At most %d are allowed.".formatted(MOST_TRANCHES));
        for (int i = 0; i < terms.tranches().size(); i++) {
            Tranche tranche = terms.tranches().get(i);
            if (!tranche.id().matches("[a-z0-9-]{1,40}"))
                wrong("/tranches/" + i + "/id", "An id is made of a-z, 0-9 and -, at most 40 of them.");
            if (!ids.add(tranche.id())) wrong("/tranches/" + i + "/id", "Another tranche has this id.");
            if (!Tranche.WAITS.contains(tranche.waitsFor()))
                wrong("/tranches/" + i + "/waitsFor", "A tranche waits for in-force, milestones or completion.");
        }
        shares("/tranches", terms.tranches().stream().map(Tranche::share).toList());
        if (terms.tranches().isEmpty() == terms.givesGrant())
            wrong("/tranches", "Tranches are named where funds pay, and only there.");
    }

    private void funds() {
        Set<String> ids = new HashSet<>();
        if (terms.funds().size() > MOST_FUNDS) wrong("/funds", "At most %d are allowed.".formatted(MOST_FUNDS));
        for (int i = 0; i < terms.funds().size(); i++) {
            String id = terms.funds().get(i).fund();
            @Nullable KnownFund fund = funds.get(id);
            if (!ids.add(id)) wrong("/funds/" + i + "/fund", "This fund is named twice.");
            if (fund == null) wrong("/funds/" + i + "/fund", "There is no fund " + id + ".");
            else if (!fund.currency().equals(terms.currency()))
                wrong(
                        "/funds/" + i + "/fund",
                        "The fund pays in " + fund.currency() + ", the call is in " + terms.currency() + ".");
        }
        shares("/funds", terms.funds().stream().map(Terms.FundShare::share).toList());
    }

    private void shares(String pointer, List<BigDecimal> shares) {
        if (shares.isEmpty()) return;
        for (int i = 0; i < shares.size(); i++)
            if (shares.get(i).signum() <= 0) wrong(pointer + "/" + i + "/share", "A share is above 0.");
        if (shares.stream().reduce(BigDecimal.ZERO, BigDecimal::add).compareTo(BigDecimal.ONE) != 0)
            wrong(pointer, "The shares add up to 1.");
    }

    private void wrong(String pointer, String detail) {
        violations.add(new Violation(pointer, detail));
    }
}
