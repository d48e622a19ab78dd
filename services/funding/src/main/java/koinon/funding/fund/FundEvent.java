package koinon.funding.fund;

import java.util.List;
import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.EventType;
import koinon.eventing.redaction.FreeText;
import koinon.eventing.value.Money;
import koinon.funding.ledger.Posting;
import org.jspecify.annotations.Nullable;

/// The events of a fund.
sealed interface FundEvent extends DomainEvent {

    /// An event that moves money, with its double entry.
    sealed interface MoneyEvent extends FundEvent {
        String funder();

        Money amount();

        List<Posting> postings();
    }

    /// @param ownCity the city that owns the money; the fund never pays it; absent when no city does
    @EventType("koinon.fund.opened.v1")
    record FundOpened(
            String funder,
            String name,
            String currency,
            @Nullable String ownCity) implements FundEvent {}

    @EventType("koinon.fund.envelope-raised.v1")
    record EnvelopeRaised(
            String funder, Money amount, @FreeText String reason, List<Posting> postings) implements MoneyEvent {}

    @EventType("koinon.fund.envelope-lowered.v1")
    record EnvelopeLowered(
            String funder, Money amount, @FreeText String reason, List<Posting> postings) implements MoneyEvent {}

    /// @param amount new total set aside for the call
    @EventType("koinon.fund.set-aside.v1")
    record CallSetAside(String call, Money amount) implements FundEvent {}

    @EventType("koinon.fund.reserved.v1")
    record FundReserved(
            String funder,
            String agreement,
            String project,
            String call,
            int selection,
            Money amount,
            List<Posting> postings)
            implements MoneyEvent {}

    /// @param funder absent when the fund does not exist
    @EventType("koinon.fund.refused.v1")
    record FundRefused(
            @Nullable String funder,
            String agreement,
            String project,
            String call,
            int selection,
            Money amount,
            @FreeText String reason)
            implements FundEvent {}

    @EventType("koinon.fund.released.v1")
    record FundReleased(
            String funder,
            String agreement,
            String project,
            int selection,
            Money amount,
            @FreeText String reason,
            List<Posting> postings)
            implements MoneyEvent {}
}
