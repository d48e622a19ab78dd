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

    LedgerController(Ledger ledger) {
        this.ledger = ledger;
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

    /// @param accounts what each account has, by account and currency
    /// @param sums of these accounts per currency; all accounts together are zero
    record Balances(List<Posting> accounts, List<Money> sums) {}

    /// @param account only entries that touch an account that begins like this
    @GetMapping
    Page<View> entries(By by, @RequestParam(required = false) @Nullable String account, Page.Wanted wanted) {
        List<Entry> found = ledger.entries(prefix("account", account), sight(by), wanted);
        return Page.of(wanted, found, Ledger::placeOf, View::of);
    }

    /// @param account only accounts that begin like this
    @GetMapping("/balances")
    Balances balances(By by, @RequestParam(name = "account-prefix", required = false) @Nullable String account) {
        List<Posting> accounts = ledger.balances(prefix("account-prefix", account), sight(by));
        Map<String, Money> sums = new TreeMap<>();
        accounts.forEach(it -> sums.merge(it.amount().currency(), it.amount(), Money::plus));
        return new Balances(accounts, List.copyOf(sums.values()));
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
