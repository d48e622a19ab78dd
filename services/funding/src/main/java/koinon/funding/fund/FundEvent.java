package koinon.funding.fund;

import java.util.List;
import koinon.funding.ledger.Posting;
import koinon.platform.model.DomainEvent;
import koinon.platform.model.EventType;
import koinon.platform.model.Money;
import org.jspecify.annotations.Nullable;

/// Everything that can happen to a fund.
sealed interface FundEvent extends DomainEvent {

    /// What moves money, with its double entry.
    sealed interface MoneyEvent extends FundEvent {
        String funder();

        Money amount();

        List<Posting> postings();
    }

    /// @param ownCity the city whose own money this is, which the fund never pays; absent: nobody's
    @EventType("koinon.fund.opened.v1")
    record FundOpened(
            String funder,
            String name,
            String currency,
            @Nullable String ownCity) implements FundEvent {}

    @EventType("koinon.fund.envelope-raised.v1")
    record EnvelopeRaised(String funder, Money amount, String reason, List<Posting> postings) implements MoneyEvent {}

    @EventType("koinon.fund.envelope-lowered.v1")
    record EnvelopeLowered(String funder, Money amount, String reason, List<Posting> postings) implements MoneyEvent {}

    /// @param amount all that is set aside for the call from now on
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

    /// @param funder absent when nobody has opened the fund
    @EventType("koinon.fund.refused.v1")
    record FundRefused(
            @Nullable String funder,
            String agreement,
            String project,
            String call,
            int selection,
            Money amount,
            String reason)
            implements FundEvent {}

    @EventType("koinon.fund.released.v1")
    record FundReleased(
            String funder,
            String agreement,
            String project,
            int selection,
            Money amount,
            String reason,
            List<Posting> postings)
            implements MoneyEvent {}
}
