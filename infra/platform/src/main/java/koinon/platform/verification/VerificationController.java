package koinon.platform.verification;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import koinon.platform.document.Refused;
import koinon.platform.model.By;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// For the people who operate a service: whether what it stores is what it published. Takes as long as reading its
/// topics takes, and one at a time.
@Tag(name = "operations", description = "At the service's own port, not through the gateway.")
@RestController
@RequestMapping("/operations/verification")
class VerificationController {

    private final Supplier<Findings.Report> verification;
    private final String operator;
    private final Semaphore one = new Semaphore(1);

    /// @param operator the mandate that operates the service, `<role>@<scope>`
    VerificationController(Supplier<Findings.Report> verification, String operator) {
        this.verification = verification;
        this.operator = operator;
    }

    @GetMapping
    Findings.Report verify(By by) {
        var _ = by.as(operator);
        if (!one.tryAcquire()) throw new Refused.Busy("It is being verified already; ask again later.");
        try {
            return verification.get();
        } finally {
            one.release();
        }
    }
}
