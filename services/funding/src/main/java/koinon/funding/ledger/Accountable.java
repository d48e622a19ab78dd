package koinon.funding.ledger;

import java.util.Map;
import koinon.platform.model.Money;

/// An aggregate whose events post entries, and that can give account of them from its own state.
public interface Accountable {

    /// What all its entries have added up to, by account; they add up to zero.
    Map<String, Money> balances();
}
