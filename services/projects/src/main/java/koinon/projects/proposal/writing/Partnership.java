package koinon.projects.proposal.writing;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.action.NextAction;
import koinon.eventing.actor.Right;
import koinon.eventing.model.Lifecycle;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.rule.ValidationFailed.Violation;
import koinon.eventing.value.Sentence;
import koinon.projects.Role;
import koinon.projects.city.KnownCity;
import koinon.projects.plan.Part;
import koinon.projects.plan.Plan;
import koinon.projects.proposal.event.ProposalEvent.*;
import org.jspecify.annotations.Nullable;

/// The cities that write a plan together: the current plan, and the state of each city.
///
/// @param plan contains only cities that take part
/// @param states by city, including cities that declined or were removed
/// @param reminded when the lead last reminded a city of what it waits for, by city; a city's change of state ends it
public record Partnership(
        Plan plan, Map<String, State> states, @Nullable Map<String, Instant> reminded) {

    /// A city is reminded at most once in so many days.
    static final Duration BETWEEN_REMINDERS = Duration.ofDays(3);

    /// The state of a city in a proposal. A commitment is valid only for the part that it was given for.
    public enum State implements Lifecycle<State> {
        /// Not invited yet; the initial state.
        OUTSIDE("the lead invites the city first."),
        /// Invited by the lead.
        INVITED("the city's signatory accepts or declines."),
        /// Takes part in writing.
        ACCEPTED("the city writes its part and commits to it."),
        /// Committed to its part in its current form.
        COMMITTED("the city may withdraw its commitment first."),
        /// Stepped back from what was submitted; its part stands in it until the lead removes the city.
        STEPPED_BACK("the city's signatory may withdraw that."),
        /// Declined; it may be invited again.
        DECLINED("the lead may invite the city again."),
        /// Removed by the lead; it may be invited again.
        REMOVED("the lead may invite the city again.");

        private final String way;

        State(String way) {
            this.way = way;
        }

        @Override
        public String way() {
            return way;
        }

        public State after(PartnerEvent event) {
            return switch (event) {
                case PartnerInvited _ -> from(OUTSIDE, DECLINED, REMOVED).to(INVITED);
                case PartnerAccepted _ -> from(INVITED).to(ACCEPTED);
                case PartnerDeclined _ -> from(INVITED, ACCEPTED).to(DECLINED);
                case PartnerRemoved _ ->
                    from(INVITED, ACCEPTED, COMMITTED, STEPPED_BACK).to(REMOVED);
                case PartnerReminded _ -> from(INVITED, ACCEPTED);
                case PartnerPartChanged _ -> from(ACCEPTED, COMMITTED);
                case PartnerCommitted _ -> from(ACCEPTED).to(COMMITTED);
                case CommitmentWithdrawn _, CommitmentLapsed _ ->
                    from(COMMITTED).to(ACCEPTED);
                case PartnerSteppedBack _ -> from(COMMITTED).to(STEPPED_BACK);
                case StepBackWithdrawn _ -> from(STEPPED_BACK).to(COMMITTED);
            };
        }

        @Override
        public @Nullable Sentence risk() {
            return this == STEPPED_BACK
                    ? Sentence.of("partner-stepped-back", "A partner city has stepped back.")
                    : null;
        }

        /// Whether the city is a partner in the plan.
        public boolean takesPart() {
            return switch (this) {
                case INVITED, ACCEPTED, COMMITTED, STEPPED_BACK -> true;
                case OUTSIDE, DECLINED, REMOVED -> false;
            };
        }
    }

    public Partnership {
        states = new LinkedHashMap<>(states);
        reminded = reminded == null ? Map.of() : Map.copyOf(reminded);
    }

    /// The initial partnership: a lead and a title.
    public static Partnership initial(String title, String lead) {
        return new Partnership(Plan.initial(title, lead), Map.of(lead, State.ACCEPTED), null);
    }

    /// The partnership of a submitted plan: every city is committed to it but who said since then that it is not.
    public Partnership restoredTo(Plan submitted) {
        Map<String, State> restored = new LinkedHashMap<>();
        submitted.cities().forEach(it -> restored.put(it, hasSteppedBack(it) ? State.STEPPED_BACK : State.COMMITTED));
        return new Partnership(submitted, restored, null);
    }

    /// Which cities of a submitted plan do not stand by it any more.
    public List<String> steppedBack(Plan submitted) {
        return submitted.cities().stream().filter(this::hasSteppedBack).toList();
    }

    private boolean hasSteppedBack(String city) {
        return stateOf(city) == State.STEPPED_BACK || stateOf(city) == State.DECLINED;
    }

    public Partnership with(Plan plan) {
        return new Partnership(plan, states, reminded);
    }

    /// Applies an event of one city: a new partner gets an empty part, and a leaving one loses its part.
    ///
    /// @param at when it happened
    public Partnership after(PartnerEvent event, Instant at) {
        State before = stateOf(event.city());
        State state = before.after(event);
        Map<String, State> after = new LinkedHashMap<>(states);
        after.put(event.city(), state);
        Plan changed = plan;
        if (event instanceof PartnerPartChanged it) changed = plan.with(part(it));
        else if (event instanceof PartnerInvited) changed = plan.with(Part.empty(event.city()));
        else if (!state.takesPart()) changed = plan.without(event.city());
        Map<String, Instant> asked = new LinkedHashMap<>(remindedAt());
        if (state != before) asked.remove(event.city());
        if (event instanceof PartnerReminded) asked.put(event.city(), at);
        return new Partnership(changed, after, asked);
    }

    /// The plan with a new summary.
    public Plan written(SummaryChanged it) {
        return plan.withSummary(it.title(), it.summary(), it.themes(), it.sdgs(), it.startsOn(), it.endsOn());
    }

    /// What follows when a city writes its part: its commitment lapses where it was given for another one.
    ///
    /// @param currency of the call
    /// @throws ValidationFailed where an amount is invalid or in another currency
    public List<PartnerEvent> write(PartnerPartChanged change, String currency) {
        mustBeIn(currency, change);
        return lapsesBy(change)
                ? List.of(
                        change,
                        new CommitmentLapsed(
                                change.city(), "It was given for another budget, other contributions or other tasks."))
                : List.of(change);
    }

    /// Whether a city's commitment lapses by this change of its part.
    boolean lapsesBy(PartnerPartChanged change) {
        return stateOf(change.city()) == State.COMMITTED
                && plan.part(change.city()).filter(part(change)::equals).isEmpty();
    }

    /// The partnership with another part of a city, whatever its state.
    ///
    /// @param lapsed whether a commitment of the city lapses
    Partnership tried(PartnerPartChanged change, boolean lapsed) {
        Map<String, State> after = new LinkedHashMap<>(states);
        if (lapsed) after.replace(change.city(), State.COMMITTED, State.ACCEPTED);
        return new Partnership(plan.with(part(change)), after, reminded);
    }

    /// @param known absent where the city is unknown
    /// @throws RuleViolation where it has left or the proposal has as many cities as it may have
    public PartnerInvited invite(String city, @Nullable KnownCity known) {
        KnownCity.mustBeAdmitted(city, known, "/city");
        if (plan.parts().size() >= Plan.MOST_PARTS)
            throw new RuleViolation(
                    "too-many-partners",
                    "A proposal has %s partner cities at most; remove one before you invite another.",
                    "max",
                    Plan.MOST_PARTS);
        return new PartnerInvited(city);
    }

    /// @throws RuleViolation where nothing waits for the city, or it was reminded a short time ago
    public PartnerReminded remind(String city, String lead, Instant now) {
        if (city.equals(lead)) throw new RuleViolation("is-lead.remind", "The lead does not remind itself.");
        stateOf(city).from(State.INVITED, State.ACCEPTED);
        @Nullable Instant last = remindedAt().get(city);
        if (last != null && now.isBefore(last.plus(BETWEEN_REMINDERS)))
            throw new RuleViolation(
                    "reminded-recently",
                    "This city was reminded at %s; it can be reminded again from %s on.",
                    "at",
                    last.toString(),
                    "from",
                    last.plus(BETWEEN_REMINDERS).toString());
        return new PartnerReminded(city);
    }

    private Map<String, Instant> remindedAt() {
        return reminded == null ? Map.of() : reminded;
    }

    /// @throws RuleViolation where the city has not accepted or has not written its part
    public PartnerCommitted commit(String city) {
        stateOf(city).from(State.ACCEPTED);
        if (!hasWritten(city))
            throw new RuleViolation("part-not-written", "A city commits to its part, and it has not written it yet.");
        return new PartnerCommitted(city);
    }

    /// @throws RuleViolation where the city leads the proposal
    public PartnerDeclined decline(String city, String lead, String reason) {
        if (city.equals(lead))
            throw new RuleViolation("is-lead.decline", "The lead does not decline; it withdraws the proposal.");
        return new PartnerDeclined(city, Bounds.reason(reason));
    }

    /// @throws RuleViolation where the city leads the proposal
    public PartnerRemoved remove(String city, String lead, String reason) {
        if (city.equals(lead))
            throw new RuleViolation("is-lead.remove", "The lead is not removed; it withdraws the proposal.");
        return new PartnerRemoved(city, Bounds.reason(reason));
    }

    /// @throws RuleViolation where the city leads the proposal
    public PartnerSteppedBack stepBack(String city, String lead, String reason) {
        if (city.equals(lead))
            throw new RuleViolation("is-lead.step-back", "The lead does not step back; it withdraws the proposal.");
        return new PartnerSteppedBack(city, Bounds.reason(reason));
    }

    /// The partner cities that are not committed, each with its state.
    public Map<String, State> uncommitted() {
        Map<String, State> missing = new LinkedHashMap<>();
        plan.cities().stream().filter(it -> stateOf(it) != State.COMMITTED).forEach(it -> missing.put(it, stateOf(it)));
        return missing;
    }

    /// What the cities must do before the proposal can be submitted, one action each.
    public List<NextAction> nextActions() {
        return states.entrySet().stream()
                .flatMap(it -> Stream.ofNullable(nextAction(it.getKey(), it.getValue())))
                .toList();
    }

    private @Nullable NextAction nextAction(String city, State state) {
        Right signatory = Role.CITY_SIGNATORY.ofCity(city);
        @Nullable
        NextAction action = switch (state) {
            case INVITED -> NextAction.of("partner.accept", signatory, "Accept or decline to take part.");
            case ACCEPTED ->
                hasWritten(city)
                        ? NextAction.of("partner.commit", signatory, "Commit to this city's part.")
                        : NextAction.of("partner.write", Role.CITY_EDITOR.ofCity(city), "Write this city's part.");
            case OUTSIDE, COMMITTED, STEPPED_BACK, DECLINED, REMOVED -> null;
        };
        return action == null
                ? null
                : action.on(partOf(city)).remindedAt(remindedAt().get(city));
    }

    /// The name of a city's part, which has its own ETag.
    public static String partOf(String city) {
        return "partner/" + city;
    }

    /// The states of the cities' parts, by the name of the part.
    public Map<String, String> publishedStates() {
        Map<String, String> published = new LinkedHashMap<>();
        states.forEach((city, state) -> published.put(partOf(city), state.name()));
        return published;
    }

    public State stateOf(String city) {
        return states.getOrDefault(city, State.OUTSIDE);
    }

    /// Whether this city has written its part.
    private boolean hasWritten(String city) {
        return plan.part(city).filter(Part::isWritten).isPresent();
    }

    /// The scopes of cities that are or were partners: the current ones and those of the submitted plan.
    public Set<String> scopes(@Nullable Plan submitted) {
        Stream<String> before = submitted == null ? Stream.of() : submitted.cities().stream();
        return Stream.concat(plan.cities().stream(), before)
                .map(it -> "city/" + it)
                .collect(Collectors.toSet());
    }

    /// Rejects invalid amounts and amounts in another currency than the call's.
    static void mustBeIn(String currency, PartnerPartChanged change) {
        part(change).check();
        List<Violation> violations = part(change).outside(currency, "");
        if (!violations.isEmpty()) throw new ValidationFailed(violations);
    }

    private static Part part(PartnerPartChanged e) {
        return new Part(e.city(), e.grant(), e.contributions(), e.overhead(), e.tasks());
    }
}
