package koinon.cities.fact;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/// A name in a request.
///
/// @param language BCP 47 tag: `vi`, `zh-Hant`, `pt-BR`
public record NameRequest(
        @NotBlank @Size(max = 200) String text,
        @NotBlank @Size(max = 35) String language) {

    public LocalName name() {
        return new LocalName(text, language);
    }
}
