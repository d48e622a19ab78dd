package koinon.projects.project;

import static koinon.projects.project.Project.State.ACTIVE;
import static koinon.projects.project.Project.State.AWAITED;
import static koinon.projects.project.Project.State.CONTRACTING;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.platform.model.Aggregate;
import koinon.platform.model.By;
import koinon.platform.model.Forbidden;
import koinon.platform.model.Invalid;
import koinon.platform.model.Lifecycle;
import koinon.platform.model.RuleBroken;
import koinon.projects.plan.Award;
import koinon.projects.plan.Grant;
import koinon.projects.plan.PartnerShare;
import koinon.projects.project.ProjectEvent.MilestoneEvent;
import koinon.projects.project.ProjectEvent.MilestoneReported;
import koinon.projects.project.ProjectEvent.MilestoneReturned;
import koinon.projects.project.ProjectEvent.MilestoneVerified;
import koinon.projects.project.ProjectEvent.PartnershipSigned;
import koinon.projects.project.ProjectEvent.ProjectClosed;
import koinon.projects.project.ProjectEvent.ProjectCompleted;
import koinon.projects.project.ProjectEvent.ProjectCreated;
import koinon.projects.project.ProjectEvent.ProjectResumed;
import koinon.projects.project.ProjectEvent.ProjectStarted;
import koinon.projects.project.ProjectEvent.ProjectSuspended;
import koinon.projects.project.ProjectEvent.ProjectTerminated;
import koinon.projects.project.ProjectEvent.VerificationWithdrawn;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// Cities working together on one thing, from its contract to its last report. It has the id of its proposal.
///
/// It comes to be when its proposal is approved. Each partner signs the partnership agreement, the funding agreements
/// come
/// into force one by one, and at the last of what the call requires, whichever that is, it starts. While it is active
/// its
/// partners report milestones and somebody else verifies them, which is what earns the money. It is completed when all
/// are
/// verified, and closed when no agreement has anything open. It may be suspended and resumed, or terminated.
///
/// What an agreement says may come before the approval does: then the document waits in [State#AWAITED], and nobody
/// sees it.
@Document("projects")
@CompoundIndex(name = "state", def = "{'state': 1, '_id': 1}")
@CompoundIndex(name = "city", def = "{'award.partners.city': 1, '_id': 1}")
@CompoundIndex(name = "call", def = "{'award.call': 1, '_id': 1}")
final class Project extends Aggregate<ProjectEvent> {

    private State state = AWAITED;
    private @Nullable Award award;
    private Set<String> signed = new LinkedHashSet<>();
    private Map<String, MilestoneProgress> milestones = new LinkedHashMap<>();
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
        if (state == CONTRACTING && signed.containsAll(cities()) && isFunded()) raise(new ProjectStarted(), by);
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
        if (!cities().contains(city)) throw new RuleBroken("not-a-partner", city + " is no partner of this project.");
        state.after(new PartnershipSigned(city));
        if (signed.contains(city)) throw new RuleBroken("already-signed", city + " has signed already.");
        raise(new PartnershipSigned(city), signatory);
        startIfNothingIsMissing(signatory);
    }

    void report(String milestone, String text, By by) {
        By editor = by.as(cities().stream().map(it -> "city-editor@city/" + it).toArray(String[]::new));
        milestone(milestone);
        raise(new MilestoneReported(milestone, text), editor);
    }

    /// @param achieved the part that was reached, 0 to 1, at most four decimals
    /// @param funderOf the funder of a fund, where it is known
    void verify(
            String milestone,
            BigDecimal achieved,
            @Nullable String reason,
            Function<String, @Nullable String> funderOf,
            By by) {
        BigDecimal part = achieved.stripTrailingZeros();
        if (part.signum() < 0 || part.compareTo(BigDecimal.ONE) > 0 || part.scale() > 4)
            throw new Invalid("/achieved", "The part achieved is from 0 to 1 with at most four decimals.");
        if (part.compareTo(BigDecimal.ONE) != 0 && (reason == null || reason.isBlank()))
            throw new Invalid("/reason", "A milestone that is verified in part needs a reason.");
        By verifier = verifier(funderOf, by);
        verifier.mustNotBe(milestone(milestone).reportedBy(), "Someone other than its reporter verifies a milestone.");
        raise(new MilestoneVerified(milestone, part, reason), verifier);
    }

    void giveBack(String milestone, String reason, Function<String, @Nullable String> funderOf, By by) {
        By verifier = verifier(funderOf, by);
        verifier.mustNotBe(milestone(milestone).reportedBy(), "Someone other than its reporter returns a milestone.");
        raise(new MilestoneReturned(milestone, reason), verifier);
    }

    void withdrawVerification(String milestone, String reason, Function<String, @Nullable String> funderOf, By by) {
        By verifier = verifier(funderOf, by);
        verifier.mustNotBe(
                milestone(milestone).verifiedBy(), "Someone other than who verified a milestone withdraws that.");
        raise(new VerificationWithdrawn(milestone, reason), verifier);
    }

    void suspend(String reason, By by) {
        raise(new ProjectSuspended(reason), secretariat(by));
    }

    void resume(String reason, By by) {
        raise(new ProjectResumed(reason), secretariat(by));
    }

    void complete(String reason, Function<String, @Nullable String> funderOf, By by) {
        By verifier = verifier(funderOf, by);
        state.after(new ProjectCompleted(reason));
        List<String> open = milestones.entrySet().stream()
                .filter(it -> !it.getValue().isVerified())
                .map(it -> it.getKey() + " (" + it.getValue().state() + ")")
                .toList();
        if (!open.isEmpty())
            throw new RuleBroken(
                    "milestones-open", "It is completed once these are verified: " + String.join(", ", open) + ".");
        raise(new ProjectCompleted(reason), verifier);
    }

    void terminate(String reason, By by) {
        raise(new ProjectTerminated(reason), secretariat(by));
    }

    void close(String reason, By by) {
        By secretariat = secretariat(by);
        state.after(new ProjectClosed(reason));
        List<String> open = openAgreements();
        if (!open.isEmpty())
            throw new RuleBroken(
                    "agreements-open", "It is closed once these are closed: " + String.join(", ", open) + ".");
        raise(new ProjectClosed(reason), secretariat);
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

    // Who may.

    private By secretariat(By by) {
        return apart(by.as("secretariat@network"));
    }

    private By verifier(Function<String, @Nullable String> funderOf, By by) {
        String role = award().verifier();
        if (!role.equals("funder-officer")) return apart(by.as(role + "@network"));
        String[] rights = funderScopes(funderOf).map(it -> role + "@" + it).toArray(String[]::new);
        if (rights.length == 0)
            throw new Forbidden("no-mandate", "An officer of a funder does this, and no agreement has been heard of.");
        return apart(by.as(rights));
    }

    /// Nobody decides or verifies in a project of a city for which that person may act, whichever mandate is used.
    private By apart(By by) {
        if (by.holdsAnyFor(partnerScopes()))
            throw new Forbidden(
                    "partner-mandate", "Who may act for one of its partner cities neither decides nor verifies here.");
        return by;
    }

    /// Whether this person takes part in it or watches over the network, and so sees all of it.
    boolean isOpenTo(By by, Function<String, @Nullable String> funderOf) {
        return by.holdsAnyFor(Set.of("network"))
                || by.holdsAnyFor(partnerScopes())
                || by.holdsAnyFor(funderScopes(funderOf).collect(Collectors.toSet()));
    }

    private Set<String> partnerScopes() {
        return cities().stream().map(it -> "city/" + it).collect(Collectors.toSet());
    }

    private Stream<String> funderScopes(Function<String, @Nullable String> funderOf) {
        return agreements.values().stream()
                .filter(KnownAgreement::isPartOfFunding)
                .<@Nullable String>map(it -> funderOf.apply(it.fund()))
                .filter(Objects::nonNull)
                .map(it -> "funder/" + it)
                .distinct();
    }

    // What it is.

    @Override
    protected void when(ProjectEvent event, By by) {
        state = state.after(event);
        switch (event) {
            case ProjectCreated e -> {
                award = e.award();
                e.award().milestones().forEach(it -> milestones.put(it.id(), MilestoneProgress.of(it)));
            }
            case PartnershipSigned e -> {
                signed.add(e.city());
                touch("partnership/" + e.city());
            }
            case MilestoneEvent e -> {
                milestones.computeIfPresent(e.milestone(), (_, it) -> it.after(e, by));
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

    private Set<String> cities() {
        return award().partners().stream().map(PartnerShare::city).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private MilestoneProgress milestone(String id) {
        @Nullable MilestoneProgress found = milestones.get(id);
        if (found == null) throw new RuleBroken("no-such-milestone", "This project has no milestone " + id + ".");
        return found;
    }
}
