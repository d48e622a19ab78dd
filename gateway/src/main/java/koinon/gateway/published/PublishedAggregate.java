package koinon.gateway.published;

import java.util.List;
import java.util.Map;
import koinon.platform.model.Money;
import org.jspecify.annotations.Nullable;

/// One aggregate as its service has it stored.
///
/// @param id `<aggregate>/<id>`
/// @param sequence the number of its last event
/// @param state absent where it has none
/// @param parts the state of each of its parts
/// @param sums of an agreement
/// @param partners of a proposal or a project, each with its amounts
public record PublishedAggregate(
        String id,
        long sequence,
        @Nullable String state,
        @Nullable Map<String, String> parts,
        @Nullable Sums sums,
        @Nullable List<Partner> partners) {

    /// @param committed what is paid and what is outstanding
    public record Sums(Money reserved, Money committed, Money payable, Money paid) {}

    /// Amounts are absent where nothing is written.
    public record Partner(
            String city, @Nullable Money grant, @Nullable Money coFinancing) {}
}
