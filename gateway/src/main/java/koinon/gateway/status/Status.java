package koinon.gateway.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.From;
import koinon.gateway.audience.Owned;
import koinon.gateway.audience.Reader;
import koinon.gateway.audience.Reason;
import koinon.gateway.directory.KnownCity;
import koinon.gateway.part.Award;
import koinon.gateway.part.ProjectPart;
import koinon.platform.model.Money;
import org.jspecify.annotations.Nullable;

/// How a cooperation project stands: all that a dashboard, a city or a funder asks, in one answer.
///
/// Who may see which part of it the contracts say: a component names the fact that it shows ([From]), a [Reason] knows
/// the event that it was said in.
///
/// @param phase the project's state once there is one, before that the proposal's
/// @param since when it came to that phase
/// @param updated when the last event happened that all know of who may know of the project
/// @param money one line per currency, never added across currencies
/// @param grants what each fund gives, as it was approved
/// @param turn who can bring it forward now, and how
/// @param progress the part of the planned work that is verified, of one, weighed by the money that hangs on it
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Status(
        String id,
        String title,
        @Nullable Call call,
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
        @From("koinon.agreement.requested.v1") @Nullable List<Agreement> agreements,
        @Nullable Deadline nextDeadline,
        // Made of what each partner has said.
        @From("koinon.proposal.partner-accepted.v1") @Nullable
        List<Turn> turn,

        Health health,
        @Nullable List<Decided> decisions) {

    private static final Set<String> TAKING_PART = Set.of("COMMITTED", "SIGNED");

    /// The call it answers.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Call(String id, @Nullable String title) {}

    /// A partner city, the lead among them.
    ///
    /// @param state INVITED, ACCEPTED, COMMITTED, DECLINED or REMOVED; SIGNED with the partnership agreement
    /// @param grant what it asks for, or was granted
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Partner(
            KnownCity city,
            String state,

            @From(
                    value = "koinon.proposal.partner-part-changed.v1#/grant",
                    approved = "koinon.project.created.v1#/award/partners/*/grant")
            @Nullable
            Money grant,

            @From(
                    value = "koinon.proposal.partner-part-changed.v1#/contributions",
                    approved = "koinon.project.created.v1#/award/partners/*/coFinancing")
            @Nullable
            Money coFinancing,

            @Schema(implementation = String.class) @Nullable Reason reason)
            implements Owned {

        @Override
        public String owner() {
            return "city/" + city.id();
        }
    }

    /// What one fund gives.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Grant(Fund fund, Money amount) {}

    /// A milestone.
    ///
    /// @param state PLANNED, REPORTED, VERIFIED or RETURNED
    /// @param due the day last agreed
    /// @param achieved the part that was verified, of one; absent unless VERIFIED
    /// @param postponement what its lead wishes and the secretariat has not decided yet
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Milestone(
            String id,
            String title,
            LocalDate due,
            @Nullable String tranche,
            BigDecimal weight,
            String state,
            @Nullable BigDecimal achieved,
            @Schema(implementation = String.class) @Nullable Reason reason,

            @From("koinon.project.postponement-requested.v1")
            ProjectPart.@Nullable Postponement postponement) {

        static Milestone of(Award.Milestone it, @Nullable ProjectPart project) {
            ProjectPart.Done done = project == null ? ProjectPart.Done.NOTHING : project.milestone(it.id());
            return new Milestone(
                    it.id(),
                    it.title(),
                    it.due(),
                    it.tranche(),
                    it.weight(),
                    done.step().name(),
                    done.achieved(),
                    done.reason(),
                    project == null ? null : project.postponement(it.id()));
        }
    }

    /// The money in one currency.
    ///
    /// @param requested what the project asks the funds for
    /// @param reserved what funds hold for it and have not committed
    /// @param committed what agreements in force promise: what is paid and what is outstanding, without what was
    ///     given back
    /// @param payable what is earned and not yet paid
    /// @param paid what has arrived
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sums(
            String currency,
            @Nullable Money requested,
            @Nullable Money reserved,
            Money committed,
            @Nullable Money payable,
            Money paid) {

        private static final String GRANT = "koinon.project.created.v1#/award/partners/*/grant";
        // The total of a draft is for whoever may see what each city asks for.
        private static final String ASKED = "koinon.proposal.partner-part-changed.v1#/grant";
        private static final String RESERVED = "koinon.agreement.reserved.v1#/amount";
        private static final String PAYABLE = "koinon.agreement.tranche-payable.v1#/amount";

        /// Without what the reader may not see; absent when nothing is left, for a currency would tell of it.
        private @Nullable Sums shownTo(Predicate<String> visible, boolean approved) {
            Sums shown = new Sums(
                    currency,
                    visible.test(approved ? GRANT : ASKED) ? requested : null,
                    visible.test(RESERVED) ? reserved : null,
                    committed,
                    visible.test(PAYABLE) ? payable : null,
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

            @From("koinon.agreement.requested.v1#/amount") @Nullable
            Money amount,

            @Nullable String beneficiary,
            @Schema(implementation = String.class) @Nullable Reason reason,
            List<Tranche> tranches)
            implements Owned {

        @Override
        public @Nullable String owner() {
            return fund.funder() == null ? null : "funder/" + fund.funder();
        }
    }

    /// A fund and whose it is.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Fund(
            String id,
            @Nullable String name,
            @Nullable String funder,
            @Nullable String funderName) {}

    /// A part of the money of an agreement.
    ///
    /// @param state as the agreement says; HELD while the agreement is suspended
    /// @param payable fixed when its last condition was met; absent before
    /// @param lacks what it still waits for, as sentences; empty once it is payable
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Tranche(
            String id,
            String waitsFor,
            String state,
            @Nullable Money planned,
            @Nullable Money payable,
            List<String> lacks,
            @Schema(implementation = String.class) @Nullable Reason reason) {}

    /// The first thing that is due.
    ///
    /// @param at the moment after which it is late
    /// @param zone the zone in which it was agreed
    public record Deadline(Instant at, String zone, String what) {}

    /// Someone who can bring it forward.
    ///
    /// @param who `<role>@<scope>`
    /// @param what to do, as a sentence
    public record Turn(String who, String what) {}

    /// How it fares.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Health(
            Level level,

            @From("koinon.agreement.tranche-unfounded.v1#/reason") @Nullable
            List<String> reasons) {

        /// From good to bad.
        public enum Level {
            /// Nothing presses.
            ON_TRACK,
            /// A date is near.
            DUE_SOON,
            /// A date has passed.
            OVERDUE,
            /// A date has long passed, the project stands still, or money went out that is no longer founded.
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

    /// The partners that anyone may know of.
    private List<Partner> takingPart() {
        return partners.stream().filter(it -> TAKING_PART.contains(it.state())).toList();
    }

    /// What this reader sees of lists and sums, before each thing in them is written as far as it may be.
    Status shownTo(Reader reader, boolean approved, Contracts contracts) {
        return new Status(
                id,
                title,
                call,
                phase,
                since,
                updated,
                lead,
                reader.isInvolved() ? partners : takingPart(),
                themes,
                sdgs,
                startsOn,
                endsOn,
                milestones,
                progress,
                money.stream()
                        .flatMap(it -> Stream.ofNullable(
                                it.shownTo(fact -> contracts.shows(fact, reader, approved, null), approved)))
                        .toList(),
                grants,
                agreements,
                nextDeadline,
                turn,
                health,
                decisions == null
                        ? null
                        : decisions.stream()
                                .filter(it -> contracts.shows(it.decision(), reader, approved))
                                .toList());
    }
}
