package koinon.gateway.part;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import koinon.gateway.audience.Reason;
import koinon.gateway.part.ProjectEvent.*;
import koinon.gateway.reading.Message;
import org.jspecify.annotations.Nullable;

/// What a project said. Never changed once anyone can see it: an event makes a copy, and a
/// change of what is kept puts another value or collection in place.
public final class ProjectPart implements Cloneable {

    /// Where a project stands, as its own events say.
    public enum State {
        CONTRACTING,
        ACTIVE,
        SUSPENDED,
        COMPLETED,
        TERMINATED,
        CLOSED
    }

    /// Where a milestone stands.
    public enum Step {
        PLANNED,
        REPORTED,
        VERIFIED,
        RETURNED
    }

    /// How far a milestone is.
    ///
    /// @param achieved the part that was verified, of one; absent unless it is
    /// @param reason why not all of it, or why it went back
    public record Done(
            Step step,
            @Nullable BigDecimal achieved,
            @Nullable Reason reason,
            @Nullable Instant at) {

        /// Nothing was reported yet.
        public static final Done NOTHING = new Done(Step.PLANNED, null, null, null);
    }

    /// The lead's wish to have a milestone later, not decided yet.
    ///
    /// @param due the day wished for
    public record Postponement(LocalDate due, @Nullable String reason, Instant requestedAt) {}

    private State state = State.CONTRACTING;
    private Instant since = Instant.EPOCH;
    private @Nullable Award award;
    private List<Award.Milestone> planned = List.of();
    private SortedSet<String> signed = Collections.emptySortedSet();
    private SortedMap<String, Done> milestones = Collections.emptySortedMap();
    private SortedMap<String, Postponement> postponements = Collections.emptySortedMap();
    private List<Decision> decisions = List.of();

    private ProjectPart() {}

    @Override
    protected ProjectPart clone() {
        try {
            return (ProjectPart) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /// With what this event says; the same if it says nothing that is kept.
    public static @Nullable ProjectPart after(@Nullable ProjectPart before, Message message) {
        return message.as(ProjectEvent.class)
                .map(it -> {
                    var next = before == null ? new ProjectPart() : before.clone();
                    next.when(it, message);
                    return next;
                })
                .orElse(before);
    }

    private void when(ProjectEvent event, Message message) {
        switch (event) {
            case Created e -> {
                award = e.award();
                planned = e.award().milestones();
                to(State.CONTRACTING, message);
            }
            case PartnershipSigned e -> signed = Copies.with(signed, e.city());
            case Started _ -> to(State.ACTIVE, message);
            case Suspended e -> decided(State.SUSPENDED, message, e.reason());
            case Resumed e -> decided(State.ACTIVE, message, e.reason());
            case Completed e -> decided(State.COMPLETED, message, e.reason());
            case Terminated e -> decided(State.TERMINATED, message, e.reason());
            case Closed e -> decided(State.CLOSED, message, e.reason());
            case MilestoneReported e -> is(e.milestone(), new Done(Step.REPORTED, null, null, message.at()));
            case MilestoneVerified e ->
                is(e.milestone(), new Done(Step.VERIFIED, e.achieved(), message.reason(e.reason()), message.at()));
            case MilestoneReturned e ->
                is(e.milestone(), new Done(Step.RETURNED, null, message.reason(e.reason()), message.at()));
            case VerificationWithdrawn e ->
                is(e.milestone(), new Done(Step.RETURNED, null, message.reason(e.reason()), message.at()));
            case PostponementRequested e ->
                postponements =
                        Copies.with(postponements, e.milestone(), new Postponement(e.due(), e.reason(), message.at()));
            case PostponementAgreed e -> {
                postpone(e.milestone(), e.due());
                decidedPostponement(e.milestone(), message, e.reason());
            }
            case PostponementRefused e -> decidedPostponement(e.milestone(), message, e.reason());
            case PostponementWithdrawn e -> postponements = Copies.without(postponements, e.milestone());
            case PostponementLapsed e -> postponements = Copies.without(postponements, e.milestone());
        }
    }

    private void is(String milestone, Done done) {
        milestones = Copies.with(milestones, milestone, done);
    }

    private void postpone(String milestone, LocalDate due) {
        planned = planned.stream()
                .map(it -> it.id().equals(milestone)
                        ? new Award.Milestone(it.id(), it.title(), due, it.tranche(), it.weight())
                        : it)
                .toList();
    }

    private void decidedPostponement(String milestone, Message message, @Nullable String reason) {
        postponements = Copies.without(postponements, milestone);
        decisions = Copies.with(decisions, Decision.of(message, reason));
    }

    private void to(State next, Message message) {
        state = next;
        since = message.at();
    }

    private void decided(State next, Message message, @Nullable String reason) {
        to(next, message);
        decisions = Copies.with(decisions, Decision.of(message, reason));
    }

    public State state() {
        return state;
    }

    /// When it came to its state.
    public Instant since() {
        return since;
    }

    /// What it was created with.
    public @Nullable Award award() {
        return award;
    }

    /// Whether this partner has signed the partnership agreement.
    public boolean isSignedBy(String city) {
        return signed.contains(city);
    }

    /// What was promised, each for the day last agreed.
    public List<Award.Milestone> planned() {
        return planned;
    }

    /// How far one of them is.
    public Done milestone(String id) {
        return milestones.getOrDefault(id, Done.NOTHING);
    }

    /// The wish to have a milestone later that is open; absent without one.
    public @Nullable Postponement postponement(String milestone) {
        return postponements.get(milestone);
    }

    public List<Decision> decisions() {
        return decisions;
    }
}
