package koinon.funding.agreement;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.redaction.FreeText;
import koinon.eventing.value.Money;
import koinon.funding.agreement.AgreementEvent.*;
import koinon.funding.agreement.payment.Scheme;
import koinon.funding.agreement.payment.Tranche;
import koinon.funding.ledger.Posting;
import koinon.funding.project.KnownProject;
import org.jspecify.annotations.Nullable;

/// The facts that an agreement has received about its proposal, its project and its fund, in any order, and the
/// events that follow from them. A fact of an older selection never replaces one of a newer selection.
final class AgreementFacts {

    private @Nullable FundRequest asked;
    private @Nullable FundAnswer answer;
    private @Nullable Scheme scheme;
    private int reserveListed;
    private KnownProject.State project = KnownProject.State.CONTRACTING;

    /// The reason for the latest change of the proposal or the project.
    @FreeText
    private String reason = "";

    private List<Verification> verifications = new ArrayList<>();

    /// What a selection requests from a fund.
    ///
    /// @param selection number of the selection within its proposal, from 1
    /// @param partners ids of all partner cities, including the lead
    record FundRequest(
            String project,
            String call,
            String fund,
            Integer selection,
            Money amount,
            String beneficiary,
            List<String> partners) {

        FundRequest {
            partners = List.copyOf(partners);
        }
    }

    /// The fund's answer to a selection.
    ///
    /// @param funder id of the funder; absent when the fund does not exist
    /// @param refusal reason of the refusal; absent when the amount is reserved
    record FundAnswer(
            Integer selection,
            @Nullable String funder,
            @FreeText @Nullable String refusal) {}

    /// The latest verification event of a milestone.
    ///
    /// @param achieved fraction achieved, 0 to 1; absent when the verification was withdrawn
    /// @param withdrawn reason of the withdrawal; absent while the verification is valid
    record Verification(
            String milestone,
            @Nullable BigDecimal achieved,
            @FreeText @Nullable String withdrawn) {}

    void selected(FundRequest latest) {
        if (asked == null || asked.selection() <= latest.selection()) asked = latest;
    }

    void answered(FundAnswer latest) {
        if (answer == null || answer.selection() <= latest.selection()) answer = latest;
    }

    void approved(Scheme approved) {
        if (scheme == null || scheme.selection() <= approved.selection()) scheme = approved;
    }

    /// Records that the amount reserved for this or an earlier selection is no longer needed.
    void reserveListed(int selection, String why) {
        reserveListed = Math.max(reserveListed, selection);
        reason = why;
    }

    void project(KnownProject.State now, String why) {
        project = now;
        reason = why;
    }

    void verified(String milestone, BigDecimal achieved) {
        keep(new Verification(milestone, achieved, null));
    }

    void verificationWithdrawn(String milestone, String why) {
        keep(new Verification(milestone, null, why));
    }

    private void keep(Verification verification) {
        verifications.removeIf(it -> it.milestone().equals(verification.milestone()));
        verifications.add(verification);
    }

    /// The next event that follows from the state and the facts; absent when nothing follows.
    @Nullable
    AgreementEvent next(Agreement it) {
        @Nullable AgreementEvent founded = founded(it);
        return founded == null ? nextOf(it) : founded;
    }

    private @Nullable AgreementEvent nextOf(Agreement it) {
        boolean terminated = project == KnownProject.State.TERMINATED;
        boolean completed = project == KnownProject.State.COMPLETED;
        boolean suspended = project == KnownProject.State.SUSPENDED;
        return switch (it.state()) {
            case PLACEHOLDER, REFUSED, RELEASED -> requested(it);
            case REQUESTED -> fundAnswered(it);
            // A completed project cannot be terminated, so an agreement that was not offered, or was declined,
            // releases its money.
            case RESERVED -> terminated || completed || reserveListed >= it.selection() ? released(it) : null;
            case OFFERED, SIGNED -> terminated ? released(it) : null;
            case DECLINED -> terminated || completed ? released(it) : null;
            case IN_FORCE -> {
                if (terminated) yield new AgreementTerminated(it.project(), it.fund(), reason);
                if (suspended) yield new AgreementSuspended(it.project(), it.fund());
                @Nullable AgreementEvent ofTranche = withheld(it);
                if (ofTranche == null) ofTranche = payable(it);
                yield ofTranche == null && completed ? closed(it) : ofTranche;
            }
            case SUSPENDED -> {
                if (terminated) yield new AgreementTerminated(it.project(), it.fund(), reason);
                if (!suspended) yield new AgreementResumed(it.project(), it.fund());
                yield withheld(it);
            }
            case TERMINATED -> {
                @Nullable AgreementEvent cancelled = cancelled(it);
                yield cancelled == null ? closed(it) : cancelled;
            }
            case CLOSED -> it.schedule().isDone() ? null : new AgreementResumed(it.project(), it.fund());
        };
    }

    private @Nullable AgreementEvent requested(Agreement it) {
        if (asked == null || asked.selection() <= it.selection()) return null;
        return new AgreementRequested(
                asked.project(),
                asked.call(),
                asked.fund(),
                asked.selection(),
                asked.amount(),
                asked.beneficiary(),
                asked.partners());
    }

    private @Nullable AgreementEvent fundAnswered(Agreement it) {
        // Answers to other selections are ignored.
        if (answer == null || answer.selection() != it.selection()) return null;
        if (answer.refusal() != null)
            return new AgreementRefused(it.project(), it.fund(), answer.funder(), it.selection(), answer.refusal());
        String funderId = answer.funder() == null ? "" : answer.funder();
        return new AgreementReserved(it.project(), it.fund(), funderId, it.selection(), it.amount());
    }

    private AgreementEvent released(Agreement it) {
        return new AgreementReleased(it.project(), it.fund(), it.selection(), it.amount(), reason);
    }

    private @Nullable AgreementEvent withheld(Agreement it) {
        return it.schedule()
                .toWithhold(it.progress())
                .map(one -> new TrancheWithheld(it.project(), it.fund(), one.id(), whyLost(one)))
                .orElse(null);
    }

    private @Nullable AgreementEvent founded(Agreement it) {
        return it.schedule()
                .earnedAgain(it.progress())
                .map(one -> new TrancheFounded(it.project(), it.fund(), one.id()))
                .orElse(null);
    }

    private @Nullable AgreementEvent payable(Agreement it) {
        return it.schedule()
                .due(it.progress())
                .map(one -> new TranchePayable(
                        it.project(),
                        it.fund(),
                        one.id(),
                        one.earned(it.progress(), it.schedule().free())))
                .orElse(null);
    }

    private @Nullable AgreementEvent cancelled(Agreement it) {
        return it.schedule()
                .toCancel()
                .map(one -> new TrancheCancelled(it.project(), it.fund(), one.id(), reason))
                .orElse(null);
    }

    private @Nullable AgreementEvent closed(Agreement it) {
        if (!it.schedule().isDone()) return null;
        Money rest = it.schedule().outstanding();
        return new AgreementClosed(
                it.project(),
                it.fund(),
                it.funder(),
                rest,
                Posting.move(rest, Posting.outstanding(it.id()), Posting.held(it.fund())));
    }

    @Nullable
    Scheme schemeOf(int selection) {
        return scheme != null && scheme.selection() == selection ? scheme : null;
    }

    private String whyLost(Tranche tranche) {
        if (tranche.milestones().isEmpty()) return reason;
        return verifications.stream()
                .filter(it -> tranche.restsOn(it.milestone()))
                .flatMap(it -> Stream.ofNullable(it.withdrawn()))
                .findFirst()
                .orElse("A verification that it rests on was withdrawn.");
    }

    Tranche.Progress progress(boolean inForce) {
        return new Tranche.Progress(
                inForce,
                project,
                verifications.stream()
                        .flatMap(it -> Stream.ofNullable(it.achieved()).map(part -> new Achieved(it.milestone(), part)))
                        .collect(Collectors.toUnmodifiableMap(Achieved::milestone, Achieved::part)));
    }

    private record Achieved(String milestone, BigDecimal part) {}
}
