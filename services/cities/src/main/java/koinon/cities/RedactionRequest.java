package koinon.cities;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import koinon.http.constraint.MultiLine;

/// The body of a command that redacts a text.
///
/// @param text the text exactly as it was written; no reader shows it any more
/// @param reason why, for everybody who may see the text; it does not repeat the text
public record RedactionRequest(
        @MultiLine @NotBlank @Size(max = 20_000) String text,
        @MultiLine @NotBlank @Size(max = 2000) String reason) {}
