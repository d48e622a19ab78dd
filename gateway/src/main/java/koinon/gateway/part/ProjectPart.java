package koinon.gateway.part;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import koinon.gateway.part.ProjectEvent.Closed;
import koinon.gateway.part.ProjectEvent.Completed;
import koinon.gateway.part.ProjectEvent.Created;
import koinon.gateway.part.ProjectEvent.MilestoneReported;
import koinon.gateway.part.ProjectEvent.MilestoneReturned;
import koinon.gateway.part.ProjectEvent.MilestoneVerified;
import koinon.gateway.part.ProjectEvent.PartnershipSigned;
import koinon.gateway.part.ProjectEvent.Resumed;
import koinon.gateway.part.ProjectEvent.Started;
import koinon.gateway.part.ProjectEvent.Suspended;
import koinon.gateway.part.ProjectEvent.Terminated;
import koinon.gateway.part.ProjectEvent.VerificationWithdrawn;
import koinon.gateway.reading.Message;
import org.jspecify.annotations.Nullable;

/// What a project said. Never changed once anyone can see it: an event makes a copy.
public final class ProjectPart {

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
            @Nullable String reason,
            @Nullable Instant at) {

        /// Nothing was reported yet.
        public static final Done NOTHING = new Done(Step.PLANNED, null, null, null);
    }

    private State state = State.CONTRACTING;
    private Instant since = Instant.EPOCH;
    private @Nullable Award award;
    private Set<String> signed = new HashSet<>();
    private Map<String, Done> milestones = new HashMap<>();
    private List<Decision> decisions = new ArrayList<>();

    private ProjectPart() {}

    private ProjectPart(ProjectPart it) {
        state = it.state;
        since = it.since;
        award = it.award;
        signed = new HashSet<>(it.signed);
        milestones = new HashMap<>(it.milestones);
        decisions = new ArrayList<>(it.decisions);
    }

    static ProjectPart after(@Nullable ProjectPart before, ProjectEvent event, Message message) {
        var next = before == null ? new ProjectPart() : new ProjectPart(before);
        next.when(event, message);
        return next;
    }

    private void when(ProjectEvent event, Message message) {
        switch (event) {
            case Created e -> {
                award = e.award();
                to(State.CONTRACTING, message);
            }
            case PartnershipSigned e -> signed.add(e.city());
            case Started _ -> to(State.ACTIVE, message);
            case Suspended e -> decided(State.SUSPENDED, message, e.reason());
            case Resumed e -> decided(State.ACTIVE, message, e.reason());
            case Completed e -> decided(State.COMPLETED, message, e.reason());
            case Terminated e -> decided(State.TERMINATED, message, e.reason());
            case Closed e -> decided(State.CLOSED, message, e.reason());
            case MilestoneReported e -> is(e.milestone(), new Done(Step.REPORTED, null, null, message.at()));
            case MilestoneVerified e ->
                is(e.milestone(), new Done(Step.VERIFIED, e.achieved(), e.reason(), message.at()));
            case MilestoneReturned e -> is(e.milestone(), new Done(Step.RETURNED, null, e.reason(), message.at()));
            case VerificationWithdrawn e -> is(e.milestone(), new Done(Step.RETURNED, null, e.reason(), message.at()));
        }
    }

    private void is(String milestone, Done done) {
        milestones.put(milestone, done);
    }

    private void to(State next, Message message) {
        state = next;
        since = message.at();
    }

    private void decided(State next, Message message, @Nullable String reason) {
        to(next, message);
        decisions.add(Decision.of(message, reason));
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

    public Done milestone(String id) {
        return milestones.getOrDefault(id, Done.NOTHING);
    }

    public List<Decision> decisions() {
        return decisions;
    }
}
