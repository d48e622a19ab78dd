package koinon.gateway.status;

import static java.time.ZoneOffset.UTC;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import koinon.gateway.directory.KnownCall;
import koinon.gateway.directory.LocalDeadline;
import koinon.gateway.part.AgreementPart;
import koinon.gateway.part.Award;
import koinon.gateway.part.Parts;
import koinon.gateway.part.ProjectPart;
import koinon.gateway.part.ProposalPart;
import koinon.gateway.status.Status.Health.Level;
import org.jspecify.annotations.Nullable;

/// What is due, and what follows from it for the health of a project. A milestone's date lasts until its end in UTC.
final class Deadlines {

    private static final int DUE_SOON_DAYS = 30;
    private static final int AT_RISK_DAYS = 60;

    private final Parts parts;
    private final KnownCall call;
    private final Watch watch;

    Deadlines(Parts parts, KnownCall call, Watch watch) {
        this.parts = parts;
        this.call = call;
        this.watch = watch;
    }

    /// Whether this moment has come.
    boolean isPast(Instant moment) {
        return watch.isPast(moment);
    }

    /// Until when the proposal may be submitted, in its state; absent when it cannot be or nothing limits it.
    @Nullable
    LocalDeadline toSubmit() {
        ProposalPart proposal = parts.proposal();
        if (proposal == null || parts.project() != null) return null;
        return switch (proposal.state()) {
            case DRAFT -> call.closes();
            case RETURNED -> proposal.returnedUntil();
            case SUBMITTED, ELIGIBLE, INELIGIBLE, RESERVE_LISTED, SELECTED, APPROVED, NOT_APPROVED, WITHDRAWN -> null;
        };
    }

    /// The milestones that the cities still have to report, the first due first.
    List<Award.Milestone> toReport() {
        ProjectPart project = parts.project();
        if (project == null) return List.of();
        boolean runs = switch (project.state()) {
            case CONTRACTING, ACTIVE, SUSPENDED -> true;
            case COMPLETED, TERMINATED, CLOSED -> false;
        };
        if (!runs) return List.of();
        return parts.milestones().stream()
                .filter(it -> switch (project.milestone(it.id()).step()) {
                    case PLANNED, RETURNED -> true;
                    case REPORTED, VERIFIED -> false;
                })
                .sorted(Comparator.comparing(Award.Milestone::due).thenComparing(Award.Milestone::id))
                .toList();
    }

    static Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(UTC).toInstant();
    }

    /// The first thing that is due, late or not.
    Status.@Nullable Deadline next() {
        LocalDeadline submission = toSubmit();
        if (submission != null)
            return new Status.Deadline(submission.at(), submission.zone().getId(), "Submit the proposal.");
        return toReport().stream()
                .findFirst()
                .map(it -> new Status.Deadline(endOf(it.due()), "UTC", "Report the milestone \"" + it.title() + "\"."))
                .orElse(null);
    }

    Status.Health health() {
        var found = new ArrayList<Found>();
        submission(found);
        milestones(found);
        money(found);
        found.sort(Comparator.comparing(Found::level).reversed());
        return new Status.Health(
                found.isEmpty() ? Level.ON_TRACK : found.getFirst().level(),
                found.stream().map(Found::reason).toList());
    }

    private record Found(Level level, String reason) {}

    private void submission(List<Found> found) {
        LocalDeadline until = toSubmit();
        if (until == null) return;
        int soon = call.dueSoonDays() == null ? DUE_SOON_DAYS : call.dueSoonDays();
        if (isPast(until.at())) found.add(new Found(Level.OVERDUE, "The time to submit ended " + until.at() + "."));
        else if (isPast(until.at().minus(Duration.ofDays(soon))))
            found.add(new Found(Level.DUE_SOON, "The time to submit ends " + until.at() + "."));
    }

    private void milestones(List<Found> found) {
        @Nullable Award award = parts.award();
        Award.@Nullable Thresholds thresholds = award == null ? null : award.thresholds();
        int soon = thresholds == null ? DUE_SOON_DAYS : thresholds.dueSoonDays();
        int risk = thresholds == null ? AT_RISK_DAYS : thresholds.atRiskDays();
        for (Award.Milestone it : toReport()) {
            String named = "Milestone \"" + it.title() + "\" ";
            Instant end = endOf(it.due());
            if (isPast(end.plus(Duration.ofDays(risk))))
                found.add(new Found(
                        Level.AT_RISK, named + "was due " + it.due() + " and is more than " + risk + " days late."));
            else if (isPast(end)) found.add(new Found(Level.OVERDUE, named + "was due " + it.due() + "."));
            else if (isPast(end.minus(Duration.ofDays(soon))))
                found.add(new Found(Level.DUE_SOON, named + "is due " + it.due() + "."));
        }
        ProjectPart project = parts.project();
        if (project != null && project.state() == ProjectPart.State.SUSPENDED)
            found.add(new Found(Level.AT_RISK, "The project is suspended."));
    }

    private void money(List<Found> found) {
        for (AgreementPart agreement : parts.agreements().values()) {
            if (agreement.state() == AgreementPart.State.CLOSED) continue;
            for (AgreementPart.Tranche it : agreement.tranches())
                if (it.unfounded() != null)
                    found.add(new Found(
                            Level.AT_RISK,
                            "Tranche \"" + it.id() + "\" was sent and is no longer founded: "
                                    + it.unfounded().text()));
        }
    }

    /// The time at which a status is derived. Every question about the clock goes through it, so that it knows since
    /// when its answers hold, and when one will next be another.
    static final class Watch {

        private final Instant now;
        private Instant last = Instant.MIN;
        private Instant next = Instant.MAX;

        Watch(Instant now) {
            this.now = now;
        }

        /// Whether this moment has come.
        boolean isPast(Instant moment) {
            boolean past = !now.isBefore(moment);
            if (past && moment.isAfter(last)) last = moment;
            if (!past && moment.isBefore(next)) next = moment;
            return past;
        }

        /// The last moment at which one of the answers given became what it is; [Instant#MIN] if none has.
        Instant last() {
            return last;
        }

        /// The first moment at which one of the answers given changes by the clock alone.
        Instant next() {
            return next;
        }
    }
}
