package koinon.platform.verification;

import com.mongodb.MongoException;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.Semaphore;
import koinon.platform.document.Refused;
import koinon.platform.model.By;
import org.apache.kafka.common.KafkaException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// For the people who operate a process: whether what it stores is what the topics say. Takes as long as reading its
/// topics takes, and one at a time.
@Tag(name = "operations", description = "At the process's own port, not through the gateway.")
@RestController
@RequestMapping("/operations/verification")
class VerificationController {

    private final Verifier verifier;
    private final String operator;
    private final Semaphore one = new Semaphore(1);

    /// @param operator the mandate that operates the process, `<role>@<scope>`
    VerificationController(Verifier verifier, String operator) {
        this.verifier = verifier;
        this.operator = operator;
    }

    @GetMapping
    Findings.Report verify(By by) {
        var _ = by.as(operator);
        if (!one.tryAcquire()) throw new Refused.Busy("It is being verified already; ask again later.");
        try {
            return verifier.verify();
        } catch (MongoException | KafkaException e) {
            throw new Refused.Busy("Database or broker are away: " + e.getMessage());
        } finally {
            one.release();
        }
    }
}
