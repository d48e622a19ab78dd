package koinon.cities;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import koinon.http.constraint.MultiLine;

/// The body of a command that takes only a reason. The reason is kept with the programme's records.
public record ReasonRequest(
        @MultiLine @NotBlank @Size(max = 2000) String reason) {}
