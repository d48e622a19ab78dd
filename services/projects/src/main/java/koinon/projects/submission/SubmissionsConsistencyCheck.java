package koinon.projects.submission;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import koinon.eventing.consistency.ConsistencyCheck;
import koinon.eventing.consistency.ConsistencyReport;
import koinon.eventing.inbox.ReceivedEvent;
import koinon.eventing.redaction.Redactions;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/// Checks that every submission is stored as it was submitted, but for what was redacted.
@Component
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
final class SubmissionsConsistencyCheck implements ConsistencyCheck {

    private static final int ROUNDS = 6;
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final Submissions submissions;
    private final Map<String, Submission> submitted = new LinkedHashMap<>();

    SubmissionsConsistencyCheck(Submissions submissions) {
        this.submissions = submissions;
    }

    @Override
    public void onEvent(ReceivedEvent event, ConsistencyReport report) {
        event.event(SubmissionListener.Foreign.class).ifPresent(it -> {
            switch (it) {
                case SubmissionListener.Foreign.Submitted e -> {
                    Submission made = SubmissionListener.submission(e, event.envelope());
                    submitted.put(made.id(), made);
                }
                case SubmissionListener.Foreign.TextRedacted e -> {
                    Redactions redactions = e.in(event.envelope());
                    submitted.replaceAll(
                            (_, one) -> one.proposal().equals(redactions.scope()) ? redactions.applied(one) : one);
                }
            }
        });
    }

    @Override
    public void conclude(ConsistencyReport report) {
        report.checked("submissions", submitted.size());
        // The listener may store a new submission a moment later, so missing ones are looked up again.
        for (int round = 1; round <= ROUNDS && !submitted.isEmpty(); round++) {
            if (round > 1) LockSupport.parkNanos(PAUSE.toNanos());
            submitted
                    .values()
                    .removeIf(it -> submissions.find(it.id()).filter(it::equals).isPresent());
        }
        submitted.keySet().forEach(it -> report.differs(it, "It is not kept as it was submitted."));
    }
}
