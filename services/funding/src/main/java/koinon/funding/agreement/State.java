package koinon.funding.agreement;

import koinon.funding.agreement.AgreementEvent.*;
import koinon.platform.model.Lifecycle;

/// Where an agreement stands, and what may happen to it there.
enum State implements Lifecycle<State> {
    /// Something was heard of it before its selection.
    EXPECTED,
    /// The fund was asked.
    REQUESTED,
    /// The fund holds the amount.
    RESERVED,
    /// The fund refused, with a reason.
    REFUSED,
    /// What was held is free again.
    RELEASED,
    /// The funder offered it to the beneficiary.
    OFFERED,
    /// The beneficiary said no.
    DECLINED,
    /// The beneficiary signed; the countersignature is missing.
    SIGNED,
    /// The money is committed and tranches are paid.
    IN_FORCE,
    /// The project rests, and so do its tranches.
    SUSPENDED,
    /// The project ended early; only what the bank has is still open.
    TERMINATED,
    /// Nothing is left to pay, unless the bank returns a payment.
    CLOSED;

    State after(AgreementEvent event) {
        return switch (event) {
            case AgreementRequested _ -> from(EXPECTED, REFUSED, RELEASED).to(REQUESTED);
            case AgreementReserved _ -> from(REQUESTED).to(RESERVED);
            case AgreementRefused _ -> from(REQUESTED).to(REFUSED);
            case AgreementReleased _ ->
                from(RESERVED, OFFERED, DECLINED, SIGNED).to(RELEASED);
            case AgreementOffered _ -> from(RESERVED, DECLINED).to(OFFERED);
            case AgreementDeclined _ -> from(OFFERED).to(DECLINED);
            case AgreementSigned _ -> from(OFFERED).to(SIGNED);
            case AgreementInForce _ -> from(SIGNED).to(IN_FORCE);
            case AgreementSuspended _ -> from(IN_FORCE).to(SUSPENDED);
            case AgreementResumed _ -> from(SUSPENDED, CLOSED).to(IN_FORCE);
            case AgreementTerminated _ -> from(IN_FORCE, SUSPENDED).to(TERMINATED);
            case AgreementClosed _ -> from(IN_FORCE, TERMINATED).to(CLOSED);
            case TranchePayable _, TrancheRequested _, TrancheAuthorised _, TrancheSent _ -> from(IN_FORCE);
            case TrancheWithheld _ -> from(IN_FORCE, SUSPENDED);
            case TranchePaid _, TrancheFailed _, TrancheCancelled _ -> from(IN_FORCE, SUSPENDED, TERMINATED);
            case TrancheBounced _, TrancheUnfounded _ -> from(IN_FORCE, SUSPENDED, TERMINATED, CLOSED);
        };
    }
}
