package koinon.projects.proposal.writing;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Money;
import koinon.projects.plan.Contribution;
import org.jspecify.annotations.Nullable;

/// A contribution of a city, in a request.
///
/// @param kind `cash`, or `in-kind`, which requires `valuedBy`
public record ContributionRequest(
        @NotBlank @Size(max = 200) String source,
        @NotNull @Pattern(regexp = "cash|in-kind") String kind,
        @Nullable @Size(max = 200) String valuedBy,
        @NotNull Money amount) {

    public ContributionRequest {
        if (Contribution.IN_KIND.equals(kind) && (valuedBy == null || valuedBy.isBlank()))
            throw new ValidationFailed(
                    "/valuedBy", "contribution.valued-by", "What is brought in kind says who valued it.");
    }

    /// What it says.
    public Contribution contribution() {
        return new Contribution(source, kind, valuedBy, amount);
    }
}
