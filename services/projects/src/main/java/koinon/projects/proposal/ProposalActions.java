package koinon.projects.proposal;

import java.util.List;
import java.util.stream.Stream;
import koinon.eventing.action.Deadline;
import koinon.eventing.action.Moment;
import koinon.eventing.action.Need;
import koinon.eventing.action.NextAction;
import koinon.eventing.actor.Right;
import koinon.eventing.value.Sentence;
import koinon.projects.Role;
import koinon.projects.call.Call;
import org.jspecify.annotations.Nullable;

/// What can be done next with a proposal.
record ProposalActions(Proposal proposal) {

    private static final Sentence NOT_READY = Sentence.of("readiness", "It does not meet every rule of the call yet.");
    private static final Sentence OVER = Sentence.of("call-over", "The call was cancelled, or is archived.");
    private static final Sentence CONCLUDED = Sentence.of("call-concluded", "The call is concluded.");

    Stream<NextAction> all() {
        return switch (proposal.state()) {
            case DRAFT, RETURNED -> Stream.concat(writing(), afterDeadline());
            case SUBMITTED -> unlessRecorded(eligibility());
            case ELIGIBLE, RESERVE_LISTED -> unlessRecorded(selecting());
            case INELIGIBLE, SELECTED, NOT_APPROVED, APPROVED, WITHDRAWN -> Stream.of();
        };
    }

    /// The lead submits it when every city is committed, and completes it before.
    private Stream<NextAction> writing() {
        List<NextAction> ofCities = proposal.partnership().nextActions();
        NextAction ofLead = ofCities.isEmpty()
                ? NextAction.of("proposal.submit", Role.CITY_SIGNATORY.ofCity(proposal.lead()), "Submit the proposal.")
                        .from(proposal.returnedUntil() == null ? Moment.of(call(), "opens") : null)
                        .needs(Need.judged(NOT_READY))
                : NextAction.of("proposal.write", Role.CITY_EDITOR.ofCity(proposal.lead()), "Complete the proposal.");
        return Stream.concat(ofCities.stream(), Stream.of(ofLead))
                .map(it -> it.due(deadline()).until(deadline()));
    }

    /// Who did not hand it in again in time is judged by what was submitted last.
    private Stream<NextAction> afterDeadline() {
        return proposal.submission() == null
                ? Stream.of()
                : unlessRecorded(eligibility().from(deadline()).countsAs(Proposal.State.SUBMITTED));
    }

    /// A recorded decision may be recorded anew, but nobody waits for it.
    private Stream<NextAction> unlessRecorded(NextAction decision) {
        return proposal.recordedDecision() == null ? Stream.of(decision) : Stream.of();
    }

    private NextAction eligibility() {
        return decision("proposal.decide-eligibility", "Decide whether the proposal is eligible.")
                .needs(Need.state(CONCLUDED, call(), Call.State.PUBLISHED, Call.State.CANCELLED));
    }

    private NextAction selecting() {
        return decision("proposal.select", "Decide whether the proposal is selected.")
                .needs(Need.state(OVER, call(), Call.State.PUBLISHED, Call.State.DECIDED));
    }

    private NextAction decision(String action, String text) {
        Right secretariat = Role.SECRETARIAT.ofNetwork();
        return NextAction.of(action, secretariat, text).notFor(proposal.partnerScopes());
    }

    private Moment deadline() {
        @Nullable Deadline returned = proposal.returnedUntil();
        return returned == null ? Moment.of(call(), "closes") : returned.moment();
    }

    private String call() {
        return "call/" + proposal.call();
    }
}
