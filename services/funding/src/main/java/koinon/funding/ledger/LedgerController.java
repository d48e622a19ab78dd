package koinon.funding.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import koinon.eventing.actor.Actor;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Money;
import koinon.funding.funder.FundingVisibility;
import koinon.http.page.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The ledger over HTTP. The secretariat and auditors read all of it, a funder's people their funder's entries.
@RestController
@RequestMapping("/api/v1/ledger")
class LedgerController {

    private final Ledger ledger;
    private final Balances balances;

    LedgerController(Ledger ledger, Balances balances) {
        this.ledger = ledger;
        this.balances = balances;
    }

    /// @param id position of the event that posted the entry
    /// @param event type of that event
    record View(
            String id,
            Instant at,
            String event,
            String funder,
            @Nullable String project,
            List<Posting> postings) {

        static View of(LedgerEntry it) {
            return new View(it.id(), it.at(), it.event(), it.funder(), it.project(), it.postings());
        }
    }

    /// @param items the sum of each account, by account and currency
    /// @param next value of `after` for the next page; absent on the last page
    /// @param sums totals of the selected accounts over all pages, per currency; zero when all accounts are
    /// selected
    record Accounts(List<Posting> items, @Nullable String next, List<Money> sums) {}

    /// @param account only entries that touch an account with this prefix
    @GetMapping
    Page<View> entries(Actor by, @RequestParam(required = false) @Nullable String account, Page.Wanted wanted) {
        List<LedgerEntry> found = ledger.entries(prefix("account", account), visibility(by), wanted);
        return Page.of(wanted, found, Ledger::sortKeyOf, View::of);
    }

    /// Each page adds up one balance document per matching fund and agreement, so that the sums cover all pages.
    ///
    /// @param account only accounts with this prefix
    @GetMapping("/balances")
    Accounts balances(
            Actor by,
            @RequestParam(name = "account-prefix", required = false) @Nullable String account,
            Page.Wanted wanted) {
        List<Posting> all = balances.of(prefix("account-prefix", account), visibility(by));
        Page<Posting> page = Page.of(wanted, behind(wanted.after(), all), Posting::sortKey, it -> it);
        Map<String, Money> sums = new TreeMap<>();
        all.forEach(it -> sums.merge(it.amount().currency(), it.amount(), Money::plus));
        return new Accounts(page.items(), page.next(), List.copyOf(sums.values()));
    }

    private static List<Posting> behind(@Nullable String sortKey, List<Posting> all) {
        if (sortKey == null) return all;
        if (!sortKey.matches("[a-z0-9/-]{1,200} [A-Z]{3}"))
            throw new ValidationFailed("after", "validation.next", "This is not the 'next' of a page.");
        return all.stream().filter(it -> it.sortKey().compareTo(sortKey) > 0).toList();
    }

    private static FundingVisibility visibility(Actor by) {
        FundingVisibility visibility = FundingVisibility.of(by);
        if (!visibility.everything() && visibility.funders().isEmpty())
            throw new AccessDenied(
                    "no-mandate.ledger", "This needs a mandate of the secretariat, an auditor or a funder.");
        return visibility;
    }

    private static @Nullable String prefix(String parameter, @Nullable String account) {
        if (account == null) return null;
        if (!account.matches("[a-z0-9/-]{1,200}"))
            throw new ValidationFailed(
                    parameter, "ledger.account", "An account has small letters, digits, hyphens and slashes.");
        return account;
    }
}
