package koinon.gateway.status;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import koinon.eventing.value.Sentence;
import koinon.gateway.directory.Directory;
import koinon.gateway.directory.KnownCall;
import koinon.gateway.directory.KnownCity;
import koinon.gateway.lifecycle.LifecycleState;
import koinon.gateway.lifecycle.StateFlags;
import koinon.gateway.projection.AgreementProjection;
import koinon.gateway.projection.ApprovedPlan;
import koinon.gateway.projection.ProjectFacts;
import koinon.gateway.projection.ProjectProjection;
import koinon.gateway.status.Status.Health.Level;
import org.jspecify.annotations.Nullable;

/// The deadlines of a project and the health that follows from them, from its next actions and the clock.
final class Deadlines {

    private static final int DUE_SOON_DAYS = 30;
    private static final int AT_RISK_DAYS = 60;

    private final ProjectFacts facts;
    private final Directory directory;
    private final NextActions actions;
    private final Watch watch;
    private final int soon;
    private final @Nullable Integer risk;

    Deadlines(ProjectFacts facts, KnownCall call, Directory directory, NextActions actions, Watch watch) {
        this.facts = facts;
        this.directory = directory;
        this.actions = actions;
        this.watch = watch;
        @Nullable ApprovedPlan plan = facts.approvedPlan();
        ApprovedPlan.@Nullable Thresholds thresholds = plan == null ? null : plan.thresholds();
        this.soon = thresholds != null
                ? thresholds.dueSoonDays()
                : plan == null && call.dueSoonDays() != null ? call.dueSoonDays() : DUE_SOON_DAYS;
        this.risk = plan == null ? null : thresholds == null ? Integer.valueOf(AT_RISK_DAYS) : thresholds.atRiskDays();
    }

    /// The next deadline, also if it has passed.
    Status.@Nullable Deadline next() {
        return actions.withDueMoment().stream()
                .findFirst()
                .map(it -> {
                    ZonedDateTime due = Objects.requireNonNull(it.due());
                    return new Status.Deadline(
                            due.toInstant(), due.getZone().getId(), it.action().says());
                })
                .orElse(null);
    }

    Status.Health health() {
        var found = new ArrayList<Found>();
        for (NextActions.Listed it : actions.withDueMoment()) if (it.due() != null) lateness(it, it.due(), found);
        risks(found);
        partners(found);
        unfounded(found);
        found.sort(Comparator.comparing(Found::level).reversed());
        return new Status.Health(
                found.isEmpty() ? Level.ON_TRACK : found.getFirst().level(),
                found.stream().map(Found::reason).toList(),
                found.stream().filter(Found::isPublic).map(Found::reason).toList());
    }

    /// @param isPublic whether the reason rests on public facts alone, once the project is approved
    private record Found(Level level, Sentence reason, boolean isPublic) {}

    private void lateness(NextActions.Listed it, ZonedDateTime due, List<Found> found) {
        Sentence says = it.action().says();
        String what = says.text();
        String day = day(due);
        String action = it.action().action();
        // Who has to do something else by a moment is known to participants only; the days of milestones are public.
        boolean isPublic = String.valueOf(it.action().subject()).startsWith("milestone/");
        if (risk != null && watch.isPast(due.toInstant().plus(Duration.ofDays(risk))))
            found.add(new Found(
                    Level.AT_RISK,
                    Sentence.of(
                                    "late",
                                    "%s It was due %s, more than %s days ago.",
                                    "what",
                                    what,
                                    "due",
                                    day,
                                    "days",
                                    risk.toString(),
                                    "action",
                                    action)
                            .with(says.values()),
                    isPublic));
        else if (watch.isPast(due.toInstant()))
            found.add(new Found(
                    Level.OVERDUE,
                    Sentence.of("overdue", "%s It was due %s.", "what", what, "due", day, "action", action)
                            .with(says.values()),
                    isPublic));
        else if (watch.isPast(due.toInstant().minus(Duration.ofDays(soon))))
            found.add(new Found(
                    Level.DUE_SOON,
                    Sentence.of("due-soon", "%s It is due %s.", "what", what, "due", day, "action", action)
                            .with(says.values()),
                    isPublic));
    }

    /// The day that ends with the moment, or the local time and its zone.
    private static String day(ZonedDateTime due) {
        return due.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? due.toLocalDate().minusDays(1).toString()
                : due.toLocalDateTime() + " " + due.getZone();
    }

    /// States that put the project at risk by themselves.
    private void risks(List<Found> found) {
        for (Map.Entry<String, LifecycleState> it : facts.shownLifecycles().entrySet()) {
            String aggregate = it.getKey().substring(0, it.getKey().indexOf('/'));
            @Nullable
            Sentence why = StateFlags.published().risk(aggregate, it.getValue().state());
            if (why != null) found.add(new Found(Level.AT_RISK, why, true));
            // Nobody waits for anything in what is decided or over.
            if (it.getValue().next().equals("[]")) continue;
            it.getValue().parts().forEach((part, state) -> {
                int end = part.indexOf('/');
                @Nullable
                Sentence ofPart = StateFlags.published().risk(aggregate + "/" + part.substring(0, end), state);
                if (ofPart != null) found.add(ofCity(directory.city(part.substring(end + 1)), ofPart));
            });
        }
    }

    private static Found ofCity(KnownCity city, Sentence why) {
        String name = city.name() == null ? city.id() : city.name();
        return new Found(Level.AT_RISK, Sentence.of(why.key(), "%s: %s", "city", name, "why", why.text()), true);
    }

    /// Cities whose state puts an approved project at risk, until it is over.
    private void partners(List<Found> found) {
        @Nullable ApprovedPlan plan = facts.approvedPlan();
        @Nullable ProjectProjection project = facts.project();
        if (plan == null
                || project == null
                || StateFlags.published().has("project", facts.shown(project).state(), "over")) return;
        for (ApprovedPlan.Partner it : plan.partners()) {
            KnownCity city = directory.city(it.city());
            @Nullable
            Sentence why = city.state() == null ? null : StateFlags.published().risk("city", city.state());
            if (why != null) found.add(ofCity(city, why));
        }
    }

    private void unfounded(List<Found> found) {
        for (AgreementProjection agreement : facts.agreements().values()) {
            if (StateFlags.published().has("agreement", facts.shown(agreement).state(), "over")) continue;
            for (AgreementProjection.Tranche it : agreement.tranches())
                if (it.unfounded() != null)
                    found.add(new Found(
                            Level.AT_RISK,
                            Sentence.of(
                                    "tranche-unfounded",
                                    "Tranche \"%s\" was sent and is no longer founded: %s",
                                    "tranche",
                                    it.id(),
                                    "reason",
                                    it.unfounded().text()),
                            false));
        }
    }

    /// The time at which a status is derived. Every comparison with the clock goes through it, so that it knows
    /// since when and until when the results are valid.
    static final class Watch {

        private final Instant now;
        private Instant last = Instant.MIN;
        private Instant next = Instant.MAX;

        Watch(Instant now) {
            this.now = now;
        }

        /// Whether the moment has passed.
        boolean isPast(Instant moment) {
            boolean past = !now.isBefore(moment);
            if (past && moment.isAfter(last)) last = moment;
            if (!past && moment.isBefore(next)) next = moment;
            return past;
        }

        /// The last moment that has passed among those compared; [Instant#MIN] if none has.
        Instant last() {
            return last;
        }

        /// The first moment among those compared at which a result changes by the clock alone.
        Instant next() {
            return next;
        }
    }
}
