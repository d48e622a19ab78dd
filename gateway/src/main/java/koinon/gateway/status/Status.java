package koinon.gateway.status;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import koinon.eventing.value.Money;
import koinon.eventing.value.Sentence;
import koinon.gateway.audience.Audience;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.OwnedFact;
import koinon.gateway.audience.Reader;
import koinon.gateway.audience.Reason;
import koinon.gateway.audience.ShownFrom;
import koinon.gateway.directory.Directory;
import koinon.gateway.directory.KnownCity;
import koinon.gateway.gathering.GatheringProjection;
import koinon.gateway.gathering.IdeaProjection;
import koinon.gateway.lifecycle.LifecycleState;
import koinon.gateway.projection.ApprovedPlan;
import koinon.gateway.projection.ProjectProjection;
import koinon.gateway.projection.ProposalEvent;
import org.jspecify.annotations.Nullable;

/// The status of a cooperation project: everything that a dashboard, a city or a funder needs, in one answer.
///
/// The contracts say who may see which component: a component names the fact that it shows ([ShownFrom]), a
/// [Reason] names the event that contains it.
///
/// @param summary what the cities want to do, in their words
/// @param origin what it came from
/// @param phase the project's state, or the proposal's state while there is no project
/// @param since time of the last change of the phase
/// @param updated time of the last event that everybody who may see the project may see
/// @param money one item per currency; currencies are never added up
/// @param grants the approved grant of each fund
/// @param funders the funders of these funds
/// @param nextActions what can be done now, and by whom
/// @param networkActions what the network, which sees all events, is shown as `nextActions`
/// @param progress fraction of the planned work that is verified, from 0 to 1, weighted by the money that depends
///     on it
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Status(
        String id,
        String title,

        @ShownFrom(
                value = "koinon.proposal.summary-changed.v1#/summary",
                approved = "koinon.proposal.submitted.v1#/plan/summary")
        @Nullable
        String summary,

        @Nullable Call call,

        @ShownFrom("koinon.proposal.drafted.v1#/origin") @Nullable
        Origin origin,

        String phase,
        Instant since,
        Instant updated,
        KnownCity lead,
        List<Partner> partners,
        List<String> themes,
        List<Integer> sdgs,
        @Nullable LocalDate startsOn,
        @Nullable LocalDate endsOn,
        List<Milestone> milestones,
        BigDecimal progress,
        List<Sums> money,
        List<Grant> grants,
        List<Named> funders,

        @ShownFrom("koinon.agreement.requested.v1") @Nullable
        List<Agreement> agreements,

        @Nullable Deadline nextDeadline,
        // Composed of facts of each partner.
        @ShownFrom("koinon.proposal.partner-accepted.v1") @Nullable
        List<Action> nextActions,

        @JsonIgnore List<Action> networkActions,

        Health health,
        @Nullable List<Decided> decisions) {

    /// The call of the proposal.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Call(String id, @Nullable String title) {}

    /// The gathering or the idea that a proposal came from.
    ///
    /// @param kind `gathering` or `idea`
    /// @param title absent if it is not known yet
    /// @param gathering in which an idea was raised
    /// @param session title of the session in which an idea was raised
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Origin(
            String kind,
            String id,
            @Nullable String title,
            @Nullable Named gathering,
            @Nullable String session) {

        private static Origin ofIdea(ProposalEvent.Origin named, IdeaProjection idea, Directory directory) {
            @Nullable Object raisedIn = directory.state("gathering/" + idea.gathering());
            return raisedIn instanceof GatheringProjection it
                    ? new Origin(
                            named.kind(),
                            named.id(),
                            idea.title(),
                            new Named(String.valueOf(idea.gathering()), it.title()),
                            idea.session() == null ? null : it.session(idea.session()))
                    : new Origin(named.kind(), named.id(), idea.title(), null, null);
        }

        static @Nullable Origin of(ProposalEvent.@Nullable Origin named, Directory directory) {
            if (named == null) return null;
            @Nullable Object from = directory.state(named.subject());
            if (from instanceof IdeaProjection it) return ofIdea(named, it, directory);
            return new Origin(
                    named.kind(), named.id(), from instanceof GatheringProjection it ? it.title() : null, null, null);
        }
    }

    /// Something with an id, and its name if it is known.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Named(String id, @Nullable String name) {

        /// The funders of some funds, each once.
        static List<Named> funders(Stream<Fund> funds) {
            return funds.flatMap(it -> it.funder() == null
                            ? Stream.<Named>empty()
                            : Stream.of(new Named(it.funder(), it.funderName())))
                    .distinct()
                    .toList();
        }
    }

    /// A partner city; the lead is one of them.
    ///
    /// @param state its state in the proposal; after the approval that of its signature
    /// @param grant the requested grant, or the approved one
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Partner(
            KnownCity city,
            @Nullable String state,

            @ShownFrom(
                    value = "koinon.proposal.partner-part-changed.v1#/grant",
                    approved = "koinon.project.created.v1#/award/partners/*/grant")
            @Nullable
            Money grant,

            @ShownFrom(
                    value = "koinon.proposal.partner-part-changed.v1#/contributions",
                    approved = "koinon.project.created.v1#/award/partners/*/coFinancing")
            @Nullable
            Money coFinancing,

            @Schema(implementation = String.class) @Nullable Reason reason)
            implements OwnedFact {

        @Override
        public String owner() {
            return "city/" + city.id();
        }
    }

    /// The grant of one fund.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Grant(Fund fund, Money amount) {}

    /// A milestone.
    ///
    /// @param state its state in the project; absent before there is a project
    /// @param due the day that was agreed last
    /// @param achieved the fraction that was verified, from 0 to 1; absent unless it is verified
    /// @param postponement the lead's request, if the secretariat has not decided it yet
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Milestone(
            String id,
            String title,
            LocalDate due,
            @Nullable String tranche,
            Integer weight,
            @Nullable String state,
            @Nullable BigDecimal achieved,
            @Schema(implementation = String.class) @Nullable Reason reason,

            @ShownFrom("koinon.project.postponement-requested.v1")
            ProjectProjection.@Nullable Postponement postponement) {

        static Milestone of(ApprovedPlan.Milestone it, @Nullable ProjectProjection project, LifecycleState lifecycle) {
            ProjectProjection.MilestoneProgress done =
                    project == null ? ProjectProjection.MilestoneProgress.NOTHING : project.milestone(it.id());
            return new Milestone(
                    it.id(),
                    it.title(),
                    it.due(),
                    it.tranche(),
                    it.weight(),
                    lifecycle.part("milestone/" + it.id()),
                    done.achieved(),
                    done.reason(),
                    project == null ? null : project.postponement(it.id()));
        }
    }

    /// The sums in one currency.
    ///
    /// @param requested what the project requests from the funds
    /// @param reserved what funds hold for it and have not committed
    /// @param committed what agreements in force promise: paid and outstanding amounts, without what was given back
    /// @param payable earned and not paid
    /// @param paid the payments that have arrived
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sums(
            String currency,
            @Nullable Money requested,
            @Nullable Money reserved,
            Money committed,
            @Nullable Money payable,
            Money paid) {

        private static final String GRANT = "koinon.project.created.v1#/award/partners/*/grant";
        // The total of a draft is visible to those who may see the requested grant of each city.
        private static final String ASKED = "koinon.proposal.partner-part-changed.v1#/grant";
        private static final String RESERVED_AMOUNT = "koinon.agreement.reserved.v1#/amount";
        private static final String PAYABLE_AMOUNT = "koinon.agreement.tranche-payable.v1#/amount";

        /// The sums that the reader may see.
        static List<Sums> shownTo(List<Sums> money, Reader reader, boolean approved, Contracts contracts) {
            if (reader.equals(Reader.NETWORK)) return money;
            return money.stream()
                    .flatMap(it -> Stream.ofNullable(
                            it.shownTo(fact -> contracts.shows(fact, reader, approved, null), approved)))
                    .toList();
        }

        /// A copy without the sums that the reader may not see; absent if none is left, because the currency alone
        /// would reveal them.
        private @Nullable Sums shownTo(Predicate<String> visible, boolean approved) {
            Sums shown = new Sums(
                    currency,
                    visible.test(approved ? GRANT : ASKED) ? requested : null,
                    visible.test(RESERVED_AMOUNT) ? reserved : null,
                    committed,
                    visible.test(PAYABLE_AMOUNT) ? payable : null,
                    paid);
            return shown.equals(this) || shown.isSomething() ? shown : null;
        }

        private boolean isSomething() {
            return Stream.of(requested, reserved, committed, payable, paid)
                    .anyMatch(it -> it != null && it.isPositive());
        }
    }

    /// The agreement with one fund.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Agreement(
            String id,
            Fund fund,
            String state,

            @ShownFrom("koinon.agreement.requested.v1#/amount") @Nullable
            Money amount,

            @Nullable String beneficiary,
            @Schema(implementation = String.class) @Nullable Reason reason,
            List<Tranche> tranches)
            implements OwnedFact {

        @Override
        public @Nullable String owner() {
            return fund.funder() == null ? null : "funder/" + fund.funder();
        }
    }

    /// A fund and its funder.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Fund(
            String id,
            @Nullable String name,
            @Nullable String funder,
            @Nullable String funderName) {}

    /// A tranche of an agreement.
    ///
    /// @param state its state in the agreement
    /// @param payable set when its last condition was met; absent before
    /// @param unmetConditions why it is not payable yet; empty once it is
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Tranche(
            String id,
            String waitsFor,
            @Nullable String state,
            @Nullable Money planned,
            @Nullable Money payable,
            List<Sentence> unmetConditions,
            @Schema(implementation = String.class) @Nullable Reason reason) {}

    /// The next deadline.
    ///
    /// @param at the moment after which it is missed
    /// @param zone the time zone in which it was agreed
    /// @param says what is to do by then
    public record Deadline(Instant at, String zone, Sentence says) {}

    /// A next action and who can take it.
    ///
    /// @param action name of the action, `<part or aggregate>.<verb>`
    /// @param right `<role>@<scope>`
    /// @param of the aggregate, `<aggregate>/<id>`
    /// @param subject the part that it concerns; absent for the whole aggregate
    /// @param since when the state began that allows it
    /// @param due late after
    /// @param until impossible after
    /// @param remindedAt when somebody last asked for it again; absent if nobody has
    /// @param notBy ids of the persons who may not do it, because they did the step before it
    /// @param notFor scopes whose holders may not do it
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Action(
            String action,
            String right,
            String of,
            @Nullable String subject,
            Sentence says,
            @Nullable Instant since,
            @Nullable Instant due,
            @Nullable Instant until,
            @Nullable Instant remindedAt,
            @JsonIgnore List<String> notBy,
            @JsonIgnore List<String> notFor) {}

    /// The health of the project and the reasons.
    ///
    /// @param reasons those that the reader may see; the level counts the others, too
    /// @param publicReasons those that rest on public facts alone: states, and days that a milestone is due
    public record Health(
            Level level, List<Sentence> reasons, @JsonIgnore List<Sentence> publicReasons) {

        // The narrowest of the facts that the other reasons rest on.
        private static final String NARROWEST = "koinon.agreement.tranche-unfounded.v1#/reason";

        private Health shownTo(Reader reader, boolean approved, Contracts contracts) {
            return contracts.shows(NARROWEST, reader, approved, null)
                    ? this
                    : new Health(level, publicReasons, publicReasons);
        }

        /// Ordered from best to worst.
        public enum Level {
            /// No deadline is near.
            ON_TRACK,
            /// A deadline is near.
            DUE_SOON,
            /// A deadline has passed.
            OVERDUE,
            /// A deadline passed long ago, the project is suspended, or the conditions of a tranche that was sent
            /// are no longer met.
            AT_RISK
        }
    }

    /// A decision and its reason.
    ///
    /// @param decision the type of the event
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Decided(
            String decision,
            Instant at,
            @Nullable String mandate,
            @Schema(implementation = String.class) @Nullable Reason reason) {}

    /// The lists and sums that this reader may see; the serializer then filters each object in them.
    Status shownTo(Reader reader, boolean approved, Contracts contracts) {
        return new Status(
                id,
                title,
                summary,
                call,
                origin,
                phase,
                since,
                updated,
                lead,
                reader.isInvolved() || approved ? partners : List.of(),
                themes,
                sdgs,
                startsOn,
                endsOn,
                milestones,
                progress,
                Sums.shownTo(money, reader, approved, contracts),
                grants,
                funders,
                agreements,
                nextDeadline,
                reader.audience() == Audience.NETWORK ? networkActions : nextActions,
                List.of(),
                health.shownTo(reader, approved, contracts),
                decisions == null
                        ? null
                        : decisions.stream()
                                .filter(it -> contracts.shows(it.decision(), reader, approved))
                                .toList());
    }
}
