package koinon.gateway.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import koinon.gateway.directory.KnownCity;
import koinon.gateway.part.Award;
import koinon.gateway.part.ProjectPart;
import koinon.platform.model.Money;
import org.jspecify.annotations.Nullable;

/// How a cooperation project stands: all that a dashboard, a city or a funder asks, in one answer.
///
/// @param phase the project's state once there is one, before that the proposal's
/// @param since when it came to that phase
/// @param updated when the last event happened that it is made of
/// @param money one line per currency, never added across currencies
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
        @Nullable List<Agreement> agreements,
        @Nullable Deadline nextDeadline,
        @Nullable List<Turn> turn,
        Health health,
        @Nullable List<Decided> decisions) {

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
            String id,
            String title,
            LocalDate due,
            @Nullable String tranche,
            BigDecimal weight,
            String state,
            @Nullable BigDecimal achieved,
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

        private Milestone forPublic() {
            return new Milestone(id, title, due, null, weight, state, achieved, null, null);
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
            String currency,
            @Nullable Money requested,
            @Nullable Money reserved,
            Money committed,
            @Nullable Money payable,
            Money paid) {}

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
    public record Deadline(Instant at, String zone, String what) {}

    /// Someone who can bring it forward.
    ///
    /// @param who `<role>@<scope>`
    /// @param what to do, as a sentence
    public record Turn(String who, String what) {}

    /// How it fares.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Health(Level level, @Nullable List<String> reasons) {

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
            @Nullable String reason) {}

    /// As anyone may see it, once it is approved: no one's own money, no reasons, no one's turn.
    Status forPublic(List<Decided> allowed) {
        Set<String> taking = Set.of("COMMITTED", "SIGNED");
        return new Status(
                id,
                title,
                call,
                phase,
                since,
                updated,
                lead,
                partners.stream()
                        .filter(it -> taking.contains(it.state()))
                        .map(it -> new Partner(it.city(), it.state(), null, null, null))
                        .toList(),
                themes,
                sdgs,
                startsOn,
                endsOn,
                milestones.stream().map(Milestone::forPublic).toList(),
                progress,
                money.stream()
                        .map(it -> new Sums(it.currency(), null, null, it.committed(), null, it.paid()))
                        .toList(),
                null,
                nextDeadline,
                null,
                new Health(health.level(), null),
                allowed);
    }

    /// The same with only these decisions.
    Status with(List<Decided> allowed) {
        return new Status(
                id,
                title,
                call,
                phase,
                since,
                updated,
                lead,
                partners,
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
