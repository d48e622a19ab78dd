package koinon.projects;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDateTime;
import koinon.eventing.action.Deadline;

/// A deadline in a request.
///
/// @param local local time in the zone
/// @param zone IANA time zone id: `Asia/Bangkok`
public record LocalDeadline(
        @NotNull LocalDateTime local,
        @NotBlank @Size(max = 50) String zone) {

    public Deadline deadline() {
        return new Deadline(local, zone);
    }
}
