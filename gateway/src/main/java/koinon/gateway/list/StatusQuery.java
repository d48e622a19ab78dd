package koinon.gateway.list;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import koinon.eventing.rule.ValidationFailed;
import koinon.gateway.status.IndexEntry.ListItem;
import koinon.gateway.status.StatusIndex;
import org.jspecify.annotations.Nullable;

/// The filters, the sort order and the position of a page of projects.
///
/// @param after the `next` of the previous page
record StatusQuery(
        Filters filters, StatusIndex.Sort sort, @Nullable String after, int limit) {

    /// A page of projects.
    ///
    /// @param next the value of `after` for the next page; absent on the last page
    /// @param count of all projects on all pages
    /// @param facets by the name of the filter: the values that the projects have, and how many have each, if all
    ///     filters but this one are applied; at most 100 values, the most frequent first
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<ListItem> items, @Nullable String next, int count, Map<String, List<Counts.Count>> facets) {}

    /// The last key of the previous page; absent for the first page.
    ///
    /// @throws ValidationFailed when the value is not the `next` of a page
    StatusIndex.@Nullable Key cursor() {
        return after == null ? null : decoded(after);
    }

    static String encoded(StatusIndex.Key it) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((it.number() + " " + it.id() + " " + it.text()).getBytes(UTF_8));
    }

    private static StatusIndex.Key decoded(String text) {
        try {
            String[] fields = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(" ", 3);
            if (fields.length == 3) return new StatusIndex.Key(Long.parseLong(fields[0]), fields[2], fields[1]);
        } catch (IllegalArgumentException _) {
            // Reported below.
        }
        throw new ValidationFailed(
                "after", "validation.after", "after must be the value of next of the previous page, or absent.");
    }
}
