package koinon.projects.submission;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import koinon.platform.inbox.Message;
import koinon.platform.verification.Findings;
import koinon.platform.verification.Proof;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/// Proves that every submission is kept as it was submitted.
@Component
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
final class SubmissionsProof implements Proof {

    private static final int ROUNDS = 6;
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final Submissions submissions;
    private final Map<String, Submission> submitted = new LinkedHashMap<>();

    SubmissionsProof(Submissions submissions) {
        this.submissions = submissions;
    }

    @Override
    public void happened(Message event, Findings findings) {
        event.event(SubmissionListener.Foreign.class).ifPresent(it -> {
            switch (it) {
                case SubmissionListener.Foreign.Submitted e -> {
                    Submission made = SubmissionListener.submission(e, event.heard());
                    submitted.put(made.id(), made);
                }
            }
        });
    }

    @Override
    public void conclude(Findings findings) {
        findings.checked("submissions", submitted.size());
        // What has just been submitted is kept a moment later.
        for (int round = 1; round <= ROUNDS && !submitted.isEmpty(); round++) {
            if (round > 1) LockSupport.parkNanos(PAUSE.toNanos());
            submitted
                    .values()
                    .removeIf(it -> submissions.find(it.id()).filter(it::equals).isPresent());
        }
        submitted.keySet().forEach(it -> findings.differs(it, "It is not kept as it was submitted."));
    }
}
