package koinon.projects.project;

import static koinon.projects.project.Project.State.ACTIVE;
import static koinon.projects.project.Project.State.CONTRACTING;
import static koinon.projects.project.Project.State.PLACEHOLDER;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.action.NextAction;
import koinon.eventing.actor.Actor;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.Lifecycle;
import koinon.eventing.model.NotFromEvents;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Sentence;
import koinon.projects.Role;
import koinon.projects.city.KnownCity;
import koinon.projects.plan.ApprovedPlan;
import koinon.projects.plan.Grant;
import koinon.projects.project.MilestoneProgress.Postponement;
import koinon.projects.project.agreement.KnownAgreement;
import koinon.projects.project.event.Evidence;
import koinon.projects.project.event.ProjectEvent;
import koinon.projects.project.event.ProjectEvent.*;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// A cooperation of cities, from its contract to its last report. It has the id of its proposal.
///
/// The approval of its proposal creates it. Each partner signs the partnership agreement and the funding agreements
/// come into force; when the last signature or agreement that the call requires is there, the project starts. While
/// it is active, partners report milestones and other persons verify them, which earns the money. It is completed
/// when all milestones are verified, and closed when no agreement is open. It may be suspended and resumed, or
/// terminated.
///
/// Events of an agreement may arrive before the approval: then the document is a placeholder in [State#PLACEHOLDER],
/// and readers do not see it.
@Document("projects")
@CompoundIndex(name = "state", def = "{'state': 1, '_id': 1}")
@CompoundIndex(name = "city", def = "{'award.partners.city': 1, '_id': 1}")
@CompoundIndex(name = "call", def = "{'award.call': 1, '_id': 1}")
final class Project extends Aggregate<ProjectEvent> {

    private static final int LONGEST_REPORT = 20_000;

    private static final String DECIDED_BY_ANOTHER = "Someone other than who asked for it decides on a postponement.";

    private State state = PLACEHOLDER;
    private @Nullable ApprovedPlan award;
    private ProjectPartners partners = ProjectPartners.NONE;
    private Map<String, MilestoneProgress> milestones = new LinkedHashMap<>();
    private List<String> completedBy = List.of();

    @NotFromEvents
    private Map<String, KnownAgreement> agreements = new LinkedHashMap<>();

    enum State implements Lifecycle<State> {
        /// A placeholder: events of its agreements arrived before the approval. Not visible.
        PLACEHOLDER("wait until its proposal is approved."),
        /// Approved; the partnership agreement and the funding agreements are being signed.
        CONTRACTING("it starts when every partner has signed and its agreements are in force."),
        /// All that the call requires is signed and in force; milestones can be reported.
        ACTIVE("its partners report milestones, and others verify them."),
        /// Suspended by the secretariat, and its agreements with it.
        SUSPENDED("the secretariat resumes or terminates it."),
        /// Every milestone is verified; only payments are open.
        COMPLETED("another person may reverse that until a balance is sent."),
        /// Terminated early; only payments are open.
        TERMINATED("only what was sent to the bank is still paid."),
        /// Nothing is open.
        CLOSED("it is final.");

        private final String way;

        State(String way) {
            this.way = way;
        }

        @Override
        public String way() {
            return way;
        }

        @Override
        public Set<String> flags() {
            return this == COMPLETED || this == TERMINATED || this == CLOSED ? Set.of("over") : Set.of();
        }

        @Override
        public @Nullable Sentence risk() {
            return this == SUSPENDED ? Sentence.of("project-suspended", "The project is suspended.") : null;
        }

        State after(ProjectEvent event) {
            return switch (event) {
                case ProjectCreated _ -> from(PLACEHOLDER).to(CONTRACTING);
                case PartnershipSigned _ -> from(CONTRACTING);
                case PartnerEvent _ -> from(CONTRACTING, ACTIVE, SUSPENDED);
                case ProjectStarted _ -> from(CONTRACTING).to(ACTIVE);
                case PostponementLapsed _ -> from(ACTIVE, SUSPENDED);
                case MilestoneEvent _ -> from(ACTIVE);
                case ProjectSuspended _ -> from(ACTIVE).to(SUSPENDED);
                case ProjectResumed _ -> from(SUSPENDED).to(ACTIVE);
                case ProjectCompleted _ -> from(ACTIVE).to(COMPLETED);
                case CompletionReversed _ -> from(COMPLETED).to(ACTIVE);
                case ProjectTerminated _ -> from(CONTRACTING, ACTIVE, SUSPENDED).to(TERMINATED);
                case ProjectClosed _ -> from(COMPLETED, TERMINATED).to(CLOSED);
                case TextRedacted _, NextChanged _ -> this;
            };
        }
    }

    private Project() {}

    private Project(String id) {
        super(id);
    }

    static Project placeholder(String id) {
        return new Project(id);
    }

    /// Starts the project when its proposal is approved.
    void approved(int selection, ApprovedPlan what, Actor by) {
        if (state != PLACEHOLDER) return;
        raise(new ProjectCreated(selection, what), by);
        startIfNothingIsMissing(by);
    }

    /// Stores the latest state of one of its funding agreements.
    void agreementChanged(String agreement, KnownAgreement now, Actor by) {
        @Nullable KnownAgreement before = agreements.get(agreement);
        agreements.put(agreement, before == null ? now : now.following(before));
        startIfNothingIsMissing(by);
    }

    /// Stores whether a tranche of one of its funding agreements was sent to the bank.
    void trancheSent(String agreement, String tranche, boolean sent) {
        agreements.computeIfPresent(agreement, (_, it) -> it.sent(tranche, sent));
    }

    private void startIfNothingIsMissing(Actor by) {
        if (state == CONTRACTING && permissions().cities().stream().allMatch(partners::isSettled) && isFunded())
            raise(new ProjectStarted(), by);
    }

    private boolean isFunded() {
        List<String> funds = approvedPlan().grants().stream().map(Grant::fund).toList();
        Set<String> inForce = agreements.values().stream()
                .filter(KnownAgreement::isInForce)
                .map(KnownAgreement::fund)
                .collect(Collectors.toSet());
        return approvedPlan().agreements().equals("first")
                ? funds.isEmpty() || funds.stream().anyMatch(inForce::contains)
                : inForce.containsAll(funds);
    }

    void sign(String city, @Nullable KnownCity known, Actor by) {
        Actor signatory = permissions().signatory(city, by);
        state.after(new PartnershipSigned(city));
        if (partners.of(city) == ProjectPartners.State.SIGNED)
            throw new RuleViolation("already-signed", "%s has signed already.", "city", city);
        if (known != null) KnownCity.mustBeAdmitted(city, known, "/city");
        raise(new PartnershipSigned(city), signatory);
        startIfNothingIsMissing(signatory);
    }

    /// The city does not want to go on; the secretariat decides what follows.
    void stepBack(String city, String reason, Actor by) {
        Actor signatory = permissions().signatory(city, by);
        if (city.equals(approvedPlan().lead()))
            throw new RuleViolation(
                    "is-lead.project",
                    "The lead does not step back. Ask the secretariat to suspend or to terminate the project.");
        raise(new PartnerSteppedBack(city, Bounds.reason(reason)), signatory);
    }

    void withdrawStepBack(String city, Actor by) {
        Actor signatory = permissions().signatory(city, by);
        raise(new StepBackWithdrawn(city, partners.signed().contains(city)), signatory);
        startIfNothingIsMissing(signatory);
    }

    /// Goes on without a city that has stepped back.
    void release(String city, String reason, Actor by) {
        Actor secretariat = permissions().secretariat(by);
        if (permissions().isBeneficiary(city))
            throw new RuleViolation(
                    "is-beneficiary",
                    "%s receives money of a fund for the project. Suspend or terminate the project.",
                    "city",
                    city);
        raise(new PartnerReleased(city, Bounds.reason(reason)), secretariat);
        startIfNothingIsMissing(secretariat);
    }

    void report(String milestone, String text, Actor by, Evidence... evidence) {
        Actor editor = permissions().editor(by);
        Evidence.check(List.of(evidence));
        if (milestone(milestone).postponement() != null)
            raise(new PostponementLapsed(milestone, "The milestone was reported."), editor);
        raise(new MilestoneReported(milestone, Bounds.text("/text", text, LONGEST_REPORT), List.of(evidence)), editor);
    }

    /// @param achieved fraction achieved, 0 to 1, at most four decimals
    void verify(String milestone, BigDecimal achieved, @Nullable String reason, Actor by) {
        Actor verifier = permissions().verifier(by);
        BigDecimal part = Bounds.fraction("/achieved", achieved).stripTrailingZeros();
        if (reason != null) Bounds.atMost("/reason", reason, Bounds.LONGEST_REASON);
        if (part.compareTo(BigDecimal.ONE) != 0 && (reason == null || reason.isBlank()))
            throw new ValidationFailed(
                    "/reason", "milestone.verified-in-part", "A milestone that is verified in part needs a reason.");
        verifier.mustNotBe(
                milestone(milestone).reportedBy(), "verify", "Someone other than its reporter verifies a milestone.");
        raise(new MilestoneVerified(milestone, part, reason), verifier);
    }

    void returnForCorrection(String milestone, String reason, Actor by) {
        Actor verifier = permissions().verifier(by);
        verifier.mustNotBe(
                milestone(milestone).reportedBy(), "return", "Someone other than its reporter returns a milestone.");
        raise(new MilestoneReturned(milestone, Bounds.reason(reason)), verifier);
    }

    void withdrawVerification(String milestone, String reason, Actor by) {
        Actor verifier = permissions().verifier(by);
        verifier.mustNotBe(
                milestone(milestone).verifiedBy(),
                "withdraw-verification",
                "Someone other than who verified a milestone withdraws that.");
        raise(new VerificationWithdrawn(milestone, Bounds.reason(reason)), verifier);
    }

    /// @param due later than the current due day, not in the past, and not after the project's end
    void requestPostponement(String milestone, LocalDate due, String reason, Actor by) {
        Actor lead = permissions().lead(by);
        LocalDate now = milestone(milestone).planned().due();
        LocalDate end = approvedPlan().endsOn();
        if (!due.isAfter(now))
            throw new ValidationFailed(
                    "/due", "postponement.not-later", "A later day than %s, when it is due, is expected.", "due", now);
        if (hasPassed(due, by)) throw new ValidationFailed("/due", "postponement.day-passed", "That day has passed.");
        if (due.isAfter(end))
            throw new ValidationFailed(
                    "/due",
                    "postponement.after-the-end",
                    "The project ends on %s; its milestones are due by then.",
                    "end",
                    end);
        if (milestone(milestone).postponement() != null)
            throw new RuleViolation(
                    "postponement-open", "A later day was asked for already, and it is not decided yet.");
        raise(new PostponementRequested(milestone, due, Bounds.reason(reason)), lead);
    }

    void agreeToPostponement(String milestone, String reason, Actor by) {
        Actor secretariat = permissions().secretariat(by);
        Postponement open = postponement(milestone);
        secretariat.mustNotBe(open.requestedBy(), "postponement", DECIDED_BY_ANOTHER);
        if (hasPassed(open.due(), by))
            throw new RuleViolation(
                    "postponement-passed",
                    "The day asked for, %s, has passed. Refuse the postponement; the lead may ask for a later day.",
                    "due",
                    open.due());
        raise(new PostponementAgreed(milestone, open.due(), Bounds.reason(reason)), secretariat);
    }

    void refusePostponement(String milestone, String reason, Actor by) {
        Actor secretariat = permissions().secretariat(by);
        secretariat.mustNotBe(postponement(milestone).requestedBy(), "postponement", DECIDED_BY_ANOTHER);
        raise(new PostponementRefused(milestone, Bounds.reason(reason)), secretariat);
    }

    void withdrawPostponement(String milestone, String reason, Actor by) {
        Actor lead = permissions().lead(by);
        postponement(milestone);
        raise(new PostponementWithdrawn(milestone, Bounds.reason(reason)), lead);
    }

    private boolean hasPassed(LocalDate day, Actor by) {
        return day.isBefore(LocalDate.ofInstant(by.at(), zone()));
    }

    /// The zone in which its days end: that of the call's deadline.
    ZoneId zone() {
        return ZoneId.of(approvedPlan().zone());
    }

    private Postponement postponement(String milestone) {
        @Nullable Postponement open = milestone(milestone).postponement();
        if (open == null)
            throw new RuleViolation("no-postponement", "No postponement of this milestone waits for a decision.");
        return open;
    }

    void suspend(String reason, Actor by) {
        raise(new ProjectSuspended(Bounds.reason(reason)), permissions().secretariat(by));
    }

    void resume(String reason, Actor by) {
        raise(new ProjectResumed(Bounds.reason(reason)), permissions().secretariat(by));
    }

    void complete(String reason, Actor by) {
        Actor verifier = permissions().verifier(by);
        state.after(new ProjectCompleted(reason));
        List<String> open = milestones.entrySet().stream()
                .filter(it -> !it.getValue().isVerified())
                .map(it -> it.getKey() + " (" + it.getValue().state() + ")")
                .toList();
        if (!open.isEmpty())
            throw new RuleViolation(
                    "milestones-open",
                    "It is completed once these are verified: %s.",
                    "milestones",
                    String.join(", ", open));
        raise(new ProjectCompleted(Bounds.reason(reason)), verifier);
    }

    /// Reverses the completion; another person than who completed it does, until a balance is sent.
    void reverseCompletion(String reason, Actor by) {
        Actor verifier = permissions().verifier(by);
        state.after(new CompletionReversed(reason));
        verifier.mustNotBe(
                completedBy, "reverse-completion", "Someone other than who completed the project reverses that.");
        List<String> paying = agreements.entrySet().stream()
                .filter(it -> it.getValue().restsOnCompletion(approvedPlan()))
                .map(Map.Entry::getKey)
                .toList();
        if (!paying.isEmpty())
            throw new RuleViolation(
                    "balance-sent",
                    "The balance of these agreements was sent to the bank, or they are closed: %s.",
                    "agreements",
                    String.join(", ", paying));
        raise(new CompletionReversed(Bounds.reason(reason)), verifier);
    }

    void terminate(String reason, Actor by) {
        Actor secretariat = permissions().secretariat(by);
        milestones.forEach((id, it) -> {
            if (it.postponement() != null) raise(new PostponementLapsed(id, "The project is terminated."), secretariat);
        });
        raise(new ProjectTerminated(Bounds.reason(reason)), secretariat);
    }

    void close(String reason, Actor by) {
        Actor secretariat = permissions().secretariat(by);
        state.after(new ProjectClosed(reason));
        List<String> open = openAgreements();
        if (!open.isEmpty())
            throw new RuleViolation(
                    "agreements-open",
                    "It is closed once these are closed: %s.",
                    "agreements",
                    String.join(", ", open));
        raise(new ProjectClosed(Bounds.reason(reason)), secretariat);
    }

    @Override
    protected void redact(String text, String reason, Actor by) {
        super.redact(text, reason, by.as(Role.SECRETARIAT.ofNetwork()));
    }

    @Override
    protected ProjectEvent textRedacted(String digest, String reason) {
        return new TextRedacted(digest, reason);
    }

    /// The agreements that still move money, each in words.
    List<String> openAgreements() {
        Stream<String> known = agreements.entrySet().stream()
                .filter(it -> !it.getValue().isDone())
                .map(it -> "agreement " + it.getKey() + " (" + it.getValue().state() + ")");
        Set<String> knownFunds =
                agreements.values().stream().map(KnownAgreement::fund).collect(Collectors.toSet());
        Stream<String> missing = approvedPlan().grants().stream()
                .map(Grant::fund)
                .filter(it -> !knownFunds.contains(it))
                .map(it -> "the agreement with fund " + it + " (not heard of yet)");
        return Stream.concat(known, missing).toList();
    }

    @Override
    protected void when(ProjectEvent event, Actor by) {
        state = state.after(event);
        switch (event) {
            case ProjectCreated e -> {
                award = e.award();
                e.award().milestones().forEach(it -> milestones.put(it.id(), new MilestoneProgress(it)));
            }
            case PartnerEvent e -> {
                partners = partners.after(e);
                touch(ProjectPartners.partOf(e.city()));
            }
            case MilestoneEvent e -> {
                milestone(e.milestone()).when(e, by);
                touch("milestone/" + e.milestone());
            }
            case ProjectCompleted _ -> completedBy = by.hands();
            case ProjectStarted _,
                    ProjectSuspended _,
                    ProjectResumed _,
                    CompletionReversed _,
                    ProjectTerminated _,
                    ProjectClosed _,
                    TextRedacted _,
                    NextChanged _ -> {}
        }
    }

    @Override
    public PublishedState publishedState() {
        Map<String, String> parts = new LinkedHashMap<>(partners.publishedStates());
        milestones.forEach((id, it) -> parts.put("milestone/" + id, it.state().name()));
        PublishedState published = PublishedState.of(state).withParts(parts);
        return award == null ? published : published.with("partners", award.partners());
    }

    @Override
    protected Stream<NextAction> nextActions() {
        return award == null ? Stream.of() : new ProjectActions(this, permissions()).all();
    }

    @Override
    protected ProjectEvent nextActionsChanged() {
        return new NextChanged();
    }

    State state() {
        return state;
    }

    /// The approved plan.
    ///
    /// @throws RuleViolation `wrong-state` while its proposal is not approved
    ApprovedPlan approvedPlan() {
        if (award == null) throw new RuleViolation("wrong-state.not-approved", "Its proposal has not been approved.");
        return award;
    }

    Map<String, MilestoneProgress> milestones() {
        return Collections.unmodifiableMap(milestones);
    }

    Map<String, KnownAgreement> agreements() {
        return Collections.unmodifiableMap(agreements);
    }

    ProjectPartners partners() {
        return partners;
    }

    /// The permissions in this project.
    ProjectPermissions permissions() {
        return new ProjectPermissions(approvedPlan(), partners, agreements.values());
    }

    private MilestoneProgress milestone(String id) {
        @Nullable MilestoneProgress found = milestones.get(id);
        if (found == null)
            throw new RuleViolation("no-such-milestone", "This project has no milestone %s.", "milestone", id);
        return found;
    }
}
