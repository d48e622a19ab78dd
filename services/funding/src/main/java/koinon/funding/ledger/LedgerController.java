package koinon.funding.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import koinon.funding.funder.Sight;
import koinon.platform.model.By;
import koinon.platform.model.Forbidden;
import koinon.platform.model.Invalid;
import koinon.platform.model.Money;
import koinon.platform.web.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The ledger: secretariat and auditors read all of it, a funder's people what is their funder's money.
@RestController
@RequestMapping("/api/v1/ledger")
class LedgerController {

    private final Ledger ledger;
    private final Balances balances;

    LedgerController(Ledger ledger, Balances balances) {
        this.ledger = ledger;
        this.balances = balances;
    }

    /// @param id of the event that posted it, a position
    /// @param event its type
    record View(
            String id,
            Instant at,
            String event,
            String funder,
            @Nullable String project,
            List<Posting> postings) {

        static View of(Entry it) {
            return new View(it.id(), it.at(), it.event(), it.funder(), it.project(), it.postings());
        }
    }

    /// @param items what each account has, by account and currency
    /// @param next to be sent as `after`; absent on the last page
    /// @param sums of the accounts of all pages, per currency; of all accounts that there are it is zero
    record Accounts(List<Posting> items, @Nullable String next, List<Money> sums) {}

    /// @param account only entries that touch an account that begins like this
    @GetMapping
    Page<View> entries(By by, @RequestParam(required = false) @Nullable String account, Page.Wanted wanted) {
        List<Entry> found = ledger.entries(prefix("account", account), sight(by), wanted);
        return Page.of(wanted, found, Ledger::placeOf, View::of);
    }

    /// Each page adds up one document for each fund and agreement that it may be about, so that its sums are of all.
    ///
    /// @param account only accounts that begin like this
    @GetMapping("/balances")
    Accounts balances(
            By by,
            @RequestParam(name = "account-prefix", required = false) @Nullable String account,
            Page.Wanted wanted) {
        List<Posting> all = balances.of(prefix("account-prefix", account), sight(by));
        Page<Posting> page = Page.of(wanted, behind(wanted.after(), all), Posting::place, it -> it);
        Map<String, Money> sums = new TreeMap<>();
        all.forEach(it -> sums.merge(it.amount().currency(), it.amount(), Money::plus));
        return new Accounts(page.items(), page.next(), List.copyOf(sums.values()));
    }

    private static List<Posting> behind(@Nullable String place, List<Posting> all) {
        if (place == null) return all;
        if (!place.matches("[a-z0-9/-]{1,200} [A-Z]{3}"))
            throw new Invalid("after", "This is not the 'next' of a page.");
        return all.stream().filter(it -> it.place().compareTo(place) > 0).toList();
    }

    private static Sight sight(By by) {
        Sight sight = Sight.of(by);
        if (!sight.everything() && sight.funders().isEmpty())
            throw new Forbidden("no-mandate", "This needs a mandate of the secretariat, an auditor or a funder.");
        return sight;
    }

    private static @Nullable String prefix(String parameter, @Nullable String account) {
        if (account == null || account.isEmpty()) return null;
        if (!account.matches("[a-z0-9/-]{1,200}"))
            throw new Invalid(parameter, "An account has small letters, digits, hyphens and slashes.");
        return account;
    }
}
