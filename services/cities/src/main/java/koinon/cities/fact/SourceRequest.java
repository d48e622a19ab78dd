package koinon.cities.fact;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import koinon.cities.Violations;
import org.jspecify.annotations.Nullable;

/// A source in a request.
///
/// @param date when it was published
/// @param link https
public record SourceRequest(
        @NotBlank @Size(max = 500) String text,
        @Nullable LocalDate date,
        @Nullable @Size(max = 2000) String link) {

    public Source source() {
        return new Source(text, date, Violations.known(link));
    }
}
