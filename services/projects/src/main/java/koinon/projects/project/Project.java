package koinon.projects.project;

import static koinon.projects.project.Project.State.ACTIVE;
import static koinon.projects.project.Project.State.AWAITED;
import static koinon.projects.project.Project.State.CONTRACTING;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.platform.model.Aggregate;
import koinon.platform.model.BesideEvents;
import koinon.platform.model.By;
import koinon.platform.model.Invalid;
import koinon.platform.model.Lifecycle;
import koinon.platform.model.RuleBroken;
import koinon.platform.model.bounds.Bounds;
import koinon.projects.plan.Award;
import koinon.projects.plan.Grant;
import koinon.projects.project.MilestoneProgress.Postponement;
import koinon.projects.project.ProjectEvent.*;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// Cities working together on one thing, from its contract to its last report. It has the id of its proposal.
///
/// It comes to be when its proposal is approved. Each partner signs the partnership agreement, the funding
/// agreements come into force one by one, and at the last of what the call requires, whichever that is, it starts.
/// While it is active its partners report milestones and somebody else verifies them, which is what earns the
/// money. It is completed when all are verified, and closed when no agreement has anything open. It may be
/// suspended and resumed, or terminated.
///
/// What an agreement says may come before the approval does: then the document waits in [State#AWAITED], and nobody
/// sees it.
@Document("projects")
@CompoundIndex(name = "state", def = "{'state': 1, '_id': 1}")
@CompoundIndex(name = "city", def = "{'award.partners.city': 1, '_id': 1}")
@CompoundIndex(name = "call", def = "{'award.call': 1, '_id': 1}")
final class Project extends Aggregate<ProjectEvent> {

    private static final int LONGEST_REPORT = 20_000;

    private static final String DECIDED_BY_ANOTHER = "Someone other than who asked for it decides on a postponement.";

    private State state = AWAITED;
    private @Nullable Award award;
    private Set<String> signed = new LinkedHashSet<>();
    private Map<String, MilestoneProgress> milestones = new LinkedHashMap<>();

    @BesideEvents
    private Map<String, KnownAgreement> agreements = new LinkedHashMap<>();

    enum State implements Lifecycle<State> {
        /// Only its agreements have been heard of; its proposal is not approved. Not shown to anybody.
        AWAITED,
        /// Approved; the partnership agreement and the funding agreements are being signed.
        CONTRACTING,
        /// All that the call requires is signed and in force; milestones may be reported.
        ACTIVE,
        /// Halted by the secretariat, and its agreements with it.
        SUSPENDED,
        /// Every milestone is verified; what is left is the money.
        COMPLETED,
        /// Ended before its time; what is left is the money.
        TERMINATED,
        /// Nothing is open any more.
        CLOSED;

        State after(ProjectEvent event) {
            return switch (event) {
                case ProjectCreated _ -> from(AWAITED).to(CONTRACTING);
                case PartnershipSigned _ -> from(CONTRACTING);
                case ProjectStarted _ -> from(CONTRACTING).to(ACTIVE);
                case PostponementLapsed _ -> from(ACTIVE, SUSPENDED);
                case MilestoneEvent _ -> from(ACTIVE);
                case ProjectSuspended _ -> from(ACTIVE).to(SUSPENDED);
                case ProjectResumed _ -> from(SUSPENDED).to(ACTIVE);
                case ProjectCompleted _ -> from(ACTIVE).to(COMPLETED);
                case ProjectTerminated _ -> from(CONTRACTING, ACTIVE, SUSPENDED).to(TERMINATED);
                case ProjectClosed _ -> from(COMPLETED, TERMINATED).to(CLOSED);
            };
        }
    }

    /// For the database.
    private Project() {}

    private Project(String id) {
        super(id);
    }

    /// One of which nothing is known yet, about to hear its first event.
    static Project awaited(String id) {
        return new Project(id);
    }

    // What it hears. Nothing here refuses.

    /// Its proposal was approved.
    void approved(int selection, Award what, By by) {
        if (state != AWAITED) return;
        raise(new ProjectCreated(selection, what), by);
        startIfNothingIsMissing(by);
    }

    /// One of its funding agreements has moved.
    void heard(String agreement, KnownAgreement now, By by) {
        agreements.put(agreement, now);
        startIfNothingIsMissing(by);
    }

    private void startIfNothingIsMissing(By by) {
        if (state == CONTRACTING && signed.containsAll(hands().cities()) && isFunded()) raise(new ProjectStarted(), by);
    }

    private boolean isFunded() {
        List<String> funds = award().grants().stream().map(Grant::fund).toList();
        Set<String> inForce = agreements.values().stream()
                .filter(KnownAgreement::isInForce)
                .map(KnownAgreement::fund)
                .collect(Collectors.toSet());
        return award().agreements().equals("first")
                ? funds.isEmpty() || funds.stream().anyMatch(inForce::contains)
                : inForce.containsAll(funds);
    }

    // What people do with it.

    void sign(String city, By by) {
        By signatory = by.as("city-signatory@city/" + city);
        if (!hands().cities().contains(city))
            throw new RuleBroken("not-a-partner", city + " is no partner of this project.");
        state.after(new PartnershipSigned(city));
        if (signed.contains(city)) throw new RuleBroken("already-signed", city + " has signed already.");
        raise(new PartnershipSigned(city), signatory);
        startIfNothingIsMissing(signatory);
    }

    void report(String milestone, String text, By by) {
        By editor = hands().editor(by);
        if (milestone(milestone).postponement() != null)
            raise(new PostponementLapsed(milestone, "The milestone was reported."), editor);
        raise(new MilestoneReported(milestone, Bounds.text("/text", text, LONGEST_REPORT)), editor);
    }

    /// @param achieved the part that was reached, 0 to 1, at most four decimals
    /// @param funderOf the funder of a fund, where it is known
    void verify(
            String milestone,
            BigDecimal achieved,
            @Nullable String reason,
            Function<String, @Nullable String> funderOf,
            By by) {
        By verifier = hands().verifier(funderOf, by);
        BigDecimal part = Bounds.fraction("/achieved", achieved).stripTrailingZeros();
        if (reason != null) Bounds.atMost("/reason", reason, Bounds.LONGEST_REASON);
        if (part.compareTo(BigDecimal.ONE) != 0 && (reason == null || reason.isBlank()))
            throw new Invalid("/reason", "A milestone that is verified in part needs a reason.");
        verifier.mustNotBe(milestone(milestone).reportedBy(), "Someone other than its reporter verifies a milestone.");
        raise(new MilestoneVerified(milestone, part, reason), verifier);
    }

    void giveBack(String milestone, String reason, Function<String, @Nullable String> funderOf, By by) {
        By verifier = hands().verifier(funderOf, by);
        verifier.mustNotBe(milestone(milestone).reportedBy(), "Someone other than its reporter returns a milestone.");
        raise(new MilestoneReturned(milestone, Bounds.reason(reason)), verifier);
    }

    void withdrawVerification(String milestone, String reason, Function<String, @Nullable String> funderOf, By by) {
        By verifier = hands().verifier(funderOf, by);
        verifier.mustNotBe(
                milestone(milestone).verifiedBy(), "Someone other than who verified a milestone withdraws that.");
        raise(new VerificationWithdrawn(milestone, Bounds.reason(reason)), verifier);
    }

    /// @param due later than it is due now, no day that has passed, and no later than the project's end
    void requestPostponement(String milestone, LocalDate due, String reason, By by) {
        By lead = hands().lead(by);
        LocalDate now = milestone(milestone).planned().due();
        LocalDate end = award().endsOn();
        if (!due.isAfter(now)) throw new Invalid("/due", "A later day than " + now + ", when it is due, is expected.");
        if (hasPassed(due, by)) throw new Invalid("/due", "That day has passed.");
        if (due.isAfter(end))
            throw new Invalid("/due", "The project ends on " + end + "; its milestones are due by then.");
        if (milestone(milestone).postponement() != null)
            throw new RuleBroken("postponement-open", "A later day was asked for already, and it is not decided yet.");
        raise(new PostponementRequested(milestone, due, Bounds.reason(reason)), lead);
    }

    void agreeToPostponement(String milestone, String reason, By by) {
        By secretariat = hands().secretariat(by);
        Postponement open = postponement(milestone);
        secretariat.mustNotBe(open.requestedBy(), DECIDED_BY_ANOTHER);
        if (hasPassed(open.due(), by))
            throw new RuleBroken(
                    "postponement-passed",
                    "The day asked for, " + open.due()
                            + ", has passed. Refuse the postponement; the lead may ask for a later day.");
        raise(new PostponementAgreed(milestone, open.due(), Bounds.reason(reason)), secretariat);
    }

    void refusePostponement(String milestone, String reason, By by) {
        By secretariat = hands().secretariat(by);
        secretariat.mustNotBe(postponement(milestone).requestedBy(), DECIDED_BY_ANOTHER);
        raise(new PostponementRefused(milestone, Bounds.reason(reason)), secretariat);
    }

    void withdrawPostponement(String milestone, String reason, By by) {
        By lead = hands().lead(by);
        postponement(milestone);
        raise(new PostponementWithdrawn(milestone, Bounds.reason(reason)), lead);
    }

    private static boolean hasPassed(LocalDate day, By by) {
        return day.isBefore(LocalDate.ofInstant(by.at(), ZoneOffset.UTC));
    }

    private Postponement postponement(String milestone) {
        @Nullable Postponement open = milestone(milestone).postponement();
        if (open == null)
            throw new RuleBroken("no-postponement", "No postponement of this milestone waits for a decision.");
        return open;
    }

    void suspend(String reason, By by) {
        raise(new ProjectSuspended(Bounds.reason(reason)), hands().secretariat(by));
    }

    void resume(String reason, By by) {
        raise(new ProjectResumed(Bounds.reason(reason)), hands().secretariat(by));
    }

    void complete(String reason, Function<String, @Nullable String> funderOf, By by) {
        By verifier = hands().verifier(funderOf, by);
        state.after(new ProjectCompleted(reason));
        List<String> open = milestones.entrySet().stream()
                .filter(it -> !it.getValue().isVerified())
                .map(it -> it.getKey() + " (" + it.getValue().state() + ")")
                .toList();
        if (!open.isEmpty())
            throw new RuleBroken(
                    "milestones-open", "It is completed once these are verified: " + String.join(", ", open) + ".");
        raise(new ProjectCompleted(Bounds.reason(reason)), verifier);
    }

    void terminate(String reason, By by) {
        By secretariat = hands().secretariat(by);
        milestones.forEach((id, it) -> {
            if (it.postponement() != null) raise(new PostponementLapsed(id, "The project is terminated."), secretariat);
        });
        raise(new ProjectTerminated(Bounds.reason(reason)), secretariat);
    }

    void close(String reason, By by) {
        By secretariat = hands().secretariat(by);
        state.after(new ProjectClosed(reason));
        List<String> open = openAgreements();
        if (!open.isEmpty())
            throw new RuleBroken(
                    "agreements-open", "It is closed once these are closed: " + String.join(", ", open) + ".");
        raise(new ProjectClosed(Bounds.reason(reason)), secretariat);
    }

    private List<String> openAgreements() {
        Stream<String> known = agreements.entrySet().stream()
                .filter(it -> !it.getValue().isDone())
                .map(it -> "agreement " + it.getKey() + " (" + it.getValue().standing() + ")");
        Set<String> heardOf =
                agreements.values().stream().map(KnownAgreement::fund).collect(Collectors.toSet());
        Stream<String> unheard = award().grants().stream()
                .map(Grant::fund)
                .filter(it -> !heardOf.contains(it))
                .map(it -> "the agreement with fund " + it + " (not heard of yet)");
        return Stream.concat(known, unheard).toList();
    }

    // What it is.

    @Override
    protected void when(ProjectEvent event, By by) {
        state = state.after(event);
        switch (event) {
            case ProjectCreated e -> {
                award = e.award();
                e.award().milestones().forEach(it -> milestones.put(it.id(), new MilestoneProgress(it)));
            }
            case PartnershipSigned e -> {
                signed.add(e.city());
                touch("partnership/" + e.city());
            }
            case MilestoneEvent e -> {
                milestone(e.milestone()).when(e, by);
                touch("milestone/" + e.milestone());
            }
            case ProjectStarted _,
                    ProjectSuspended _,
                    ProjectResumed _,
                    ProjectCompleted _,
                    ProjectTerminated _,
                    ProjectClosed _ -> {}
        }
    }

    @Override
    public PublishedState publishedState() {
        Map<String, String> parts = new LinkedHashMap<>();
        milestones.forEach((id, it) -> parts.put("milestone/" + id, it.state().name()));
        signed.forEach(it -> parts.put("partnership/" + it, "SIGNED"));
        PublishedState published = PublishedState.of(state).withParts(parts);
        return award == null ? published : published.with("partners", award.partners());
    }

    State state() {
        return state;
    }

    /// What was approved.
    ///
    /// @throws RuleBroken `wrong-state` while its proposal is not approved
    Award award() {
        if (award == null) throw new RuleBroken("wrong-state", "Its proposal has not been approved.");
        return award;
    }

    Map<String, MilestoneProgress> milestones() {
        return Collections.unmodifiableMap(milestones);
    }

    Map<String, KnownAgreement> agreements() {
        return Collections.unmodifiableMap(agreements);
    }

    Set<String> signed() {
        return Collections.unmodifiableSet(signed);
    }

    /// Who may do what in it.
    Hands hands() {
        return new Hands(award(), agreements.values());
    }

    private MilestoneProgress milestone(String id) {
        @Nullable MilestoneProgress found = milestones.get(id);
        if (found == null) throw new RuleBroken("no-such-milestone", "This project has no milestone " + id + ".");
        return found;
    }
}
