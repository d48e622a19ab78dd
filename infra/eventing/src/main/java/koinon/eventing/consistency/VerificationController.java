package koinon.eventing.consistency;

import com.mongodb.MongoException;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.Semaphore;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Right;
import koinon.eventing.command.RequestRejected;
import org.apache.kafka.common.KafkaException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Runs a verification for operators, one at a time. It takes as long as reading the topics.
@Tag(name = "operations", description = "At the process's own port, not through the gateway.")
@RestController
@RequestMapping("/operations/verification")
class VerificationController {

    private final Verifier verifier;
    private final Right operator;
    private final Semaphore one = new Semaphore(1);

    /// @param operator the mandate that operates the process
    VerificationController(Verifier verifier, Right operator) {
        this.verifier = verifier;
        this.operator = operator;
    }

    @GetMapping
    ConsistencyReport.Report verify(Actor by) {
        var _ = by.as(operator);
        if (!one.tryAcquire())
            throw new RequestRejected.Busy(
                    "verification-running", "A verification is already running; try again later.");
        try {
            return verifier.verify();
        } catch (MongoException | KafkaException e) {
            throw new RequestRejected.Busy("away", "Database or broker are away: %s", "cause", e.getMessage());
        } finally {
            one.release();
        }
    }
}
