package koinon.funding.ledger;

import java.util.Map;
import koinon.eventing.value.Money;

/// An aggregate whose events post entries and that derives the same balances from its own state.
public interface LedgerAccountHolder {

    /// The sums of all its entries by account, derived from the state; they add up to zero.
    Map<String, Money> balances();
}
