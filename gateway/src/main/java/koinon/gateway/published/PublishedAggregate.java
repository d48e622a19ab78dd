package koinon.gateway.published;

import java.util.List;
import java.util.Map;
import koinon.eventing.action.NextAction;
import koinon.eventing.value.Money;
import org.jspecify.annotations.Nullable;

/// One aggregate as its service has stored it.
///
/// @param id `<aggregate>/<id>`
/// @param sequence the number of its last event
/// @param state absent if the aggregate has none
/// @param parts the state of each of its parts
/// @param sums its sums of money, by name
/// @param next its next actions
/// @param partners of a proposal or a project, each with its amounts
public record PublishedAggregate(
        String id,
        long sequence,
        @Nullable String state,
        @Nullable Map<String, String> parts,
        @Nullable Map<String, Money> sums,
        @Nullable List<NextAction> next,
        @Nullable List<Partner> partners) {

    /// An amount is absent if the plan contains none.
    public record Partner(
            String city, @Nullable Money grant, @Nullable Money coFinancing) {}
}
