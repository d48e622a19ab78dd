package koinon.gateway.store;

import com.mongodb.MongoException;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.Semaphore;
import koinon.platform.document.Refused;
import koinon.platform.model.By;
import koinon.platform.verification.Findings;
import org.apache.kafka.common.KafkaException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// For the people who operate the gateway: whether what it answers and stores is what the topics say. Takes as long
/// as reading them takes, and one at a time.
@Tag(name = "operations")
@RestController
@RequestMapping("/operations/verification")
class VerificationController {

    private final Verification verification;
    private final String operator;
    private final Semaphore one = new Semaphore(1);

    /// @param operator the mandate that operates the gateway, `<role>@<scope>`
    VerificationController(Verification verification, @Value("${koinon.operator:operator@network}") String operator) {
        this.verification = verification;
        this.operator = operator;
    }

    @GetMapping
    Findings.Report verify(By by) {
        var _ = by.as(operator);
        if (!one.tryAcquire()) throw new Refused.Busy("It is being verified already; ask again later.");
        try {
            return verification.verify();
        } catch (MongoException | KafkaException e) {
            throw new Refused.Busy("Database or broker are away: " + e.getMessage());
        } finally {
            one.release();
        }
    }
}
