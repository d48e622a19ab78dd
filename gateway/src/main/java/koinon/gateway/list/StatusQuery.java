package koinon.gateway.list;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import koinon.eventing.rule.ValidationFailed;
import koinon.gateway.status.IndexEntry.ListItem;
import koinon.gateway.status.StatusIndex;
import koinon.http.page.Page.Wanted;
import org.jspecify.annotations.Nullable;

/// The filters, the sort order and the position of a page of projects.
///
/// @param wanted which page
record StatusQuery(Filters filters, StatusIndex.Sort sort, Wanted wanted) {

    /// A page of projects.
    ///
    /// @param next the value of `after` for the next page; absent on the last page
    /// @param count of all projects on all pages
    /// @param facets by the name of the filter: the values that the projects have, and how many have each, if all
    ///     filters but this one are applied; at most 100 values, the most frequent first
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<ListItem> items, @Nullable String next, int count, Map<String, List<Counts.Count>> facets) {}

    /// @param after the place of the last project of the page before
    StatusQuery(Filters filters, StatusIndex.Sort sort, @Nullable String after, int limit) {
        this(filters, sort, new Wanted(after, limit));
    }

    int limit() {
        return wanted.limit();
    }

    /// The last key of the previous page; absent for the first page.
    ///
    /// @throws ValidationFailed when the value is not the `next` of a page
    StatusIndex.@Nullable Key cursor() {
        @Nullable String place = wanted.after();
        if (place == null) return null;
        String[] fields = place.split(" ", 3);
        if (fields.length != 3 || !fields[0].matches("-?[0-9]{1,18}"))
            throw new ValidationFailed("after", "validation.next", "This is not the 'next' of a page.");
        return new StatusIndex.Key(Long.parseLong(fields[0]), fields[2], fields[1]);
    }

    /// The `after` of the page after one that ends with this key.
    String next(StatusIndex.Key last) {
        return wanted.next(last.number() + " " + last.id() + " " + last.text());
    }
}
