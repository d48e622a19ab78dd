package koinon.gateway.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import koinon.gateway.audience.Public;
import koinon.gateway.directory.KnownCity;
import koinon.gateway.part.Award;
import koinon.gateway.part.ProjectPart;
import koinon.platform.model.Money;
import org.jspecify.annotations.Nullable;

/// How a cooperation project stands: all that a dashboard, a city or a funder asks, in one answer.
///
/// What is [Public] anyone may see, once the project is approved: no one's own money, no reasons, no one's turn.
///
/// @param phase the project's state once there is one, before that the proposal's
/// @param since when it came to that phase
/// @param updated when the last event happened that it is made of
/// @param money one line per currency, never added across currencies
/// @param turn who can bring it forward now, and how
/// @param progress the part of the planned work that is verified, of one, weighed by the money that hangs on it
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Status(
        @Public String id,
        @Public String title,
        @Public @Nullable Call call,
        @Public String phase,
        @Public Instant since,
        @Public Instant updated,
        @Public KnownCity lead,
        @Public List<Partner> partners,
        @Public List<String> themes,
        @Public List<Integer> sdgs,
        @Public @Nullable LocalDate startsOn,
        @Public @Nullable LocalDate endsOn,
        @Public List<Milestone> milestones,
        @Public BigDecimal progress,
        @Public List<Sums> money,
        @Nullable List<Agreement> agreements,
        @Public @Nullable Deadline nextDeadline,
        @Nullable List<Turn> turn,
        @Public Health health,
        @Public @Nullable List<Decided> decisions) {

    private static final Set<String> TAKING_PART = Set.of("COMMITTED", "SIGNED");

    /// The call it answers.
    @Public
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Call(String id, @Nullable String title) {}

    /// A partner city, the lead among them.
    ///
    /// @param state INVITED, ACCEPTED, COMMITTED, DECLINED or REMOVED; SIGNED with the partnership agreement
    /// @param grant what it asks for, or was granted
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Partner(
            @Public KnownCity city,
            @Public String state,
            @Nullable Money grant,
            @Nullable Money coFinancing,
            @Nullable String reason) {}

    /// A milestone.
    ///
    /// @param state PLANNED, REPORTED, VERIFIED or RETURNED
    /// @param due the day last agreed
    /// @param achieved the part that was verified, of one; absent unless VERIFIED
    /// @param postponement what its lead wishes and the secretariat has not decided yet
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Milestone(
            @Public String id,
            @Public String title,
            @Public LocalDate due,
            @Nullable String tranche,
            @Public BigDecimal weight,
            @Public String state,
            @Public @Nullable BigDecimal achieved,
            @Nullable String reason,
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

    /// The money in one currency; each figure stands for itself and contains no other.
    ///
    /// @param requested what the project asks the funds for
    /// @param reserved what funds hold for it and have not committed
    /// @param committed what agreements in force promise, with what is paid of it and without what was given back
    /// @param payable what is earned and not yet paid
    /// @param paid what has arrived
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sums(
            @Public String currency,
            @Nullable Money requested,
            @Nullable Money reserved,
            @Public Money committed,
            @Nullable Money payable,
            @Public Money paid) {}

    /// The agreement with one fund.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Agreement(
            String id,
            Fund fund,
            String state,
            @Nullable Money amount,
            @Nullable String beneficiary,
            @Nullable String reason,
            List<Tranche> tranches) {}

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
            @Nullable String reason) {}

    /// The first thing that is due.
    ///
    /// @param at the moment after which it is late
    /// @param zone the zone in which it was agreed
    @Public
    public record Deadline(Instant at, String zone, String what) {}

    /// Someone who can bring it forward.
    ///
    /// @param who `<role>@<scope>`
    /// @param what to do, as a sentence
    public record Turn(String who, String what) {}

    /// How it fares.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Health(@Public Level level, @Nullable List<String> reasons) {

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
    @Public
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Decided(
            String decision,
            Instant at,
            @Nullable String mandate,
            @Nullable String reason) {}

    /// The partners that anyone may know of.
    List<Partner> takingPart() {
        return partners.stream().filter(it -> TAKING_PART.contains(it.state())).toList();
    }

    /// The same with only these partners and decisions.
    Status with(List<Partner> some, List<Decided> allowed) {
        return new Status(
                id,
                title,
                call,
                phase,
                since,
                updated,
                lead,
                some,
                themes,
                sdgs,
                startsOn,
                endsOn,
                milestones,
                progress,
                money,
                agreements,
                nextDeadline,
                turn,
                health,
                allowed);
    }
}
