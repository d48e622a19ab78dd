package koinon.http.page;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import koinon.eventing.rule.ValidationFailed;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;

/// A page of a list, and the cursor of the next page.
///
/// @param next to be sent as `after`; absent on the last page
public record Page<T>(List<T> items, @Nullable String next) {

    static final int MOST = 200;
    static final int USUAL = 50;

    public Page {
        items = List.copyOf(items);
    }

    /// Makes the requested page of the items that were found for it.
    ///
    /// @param found in order, up to [Wanted#fetch] of them
    /// @param place of an item in the order, unique; comes back as [Wanted#after]
    public static <F, T> Page<T> of(Wanted wanted, List<F> found, Function<F, String> place, Function<F, T> view) {
        var more = found.size() > wanted.limit();
        var shown = more ? found.subList(0, wanted.limit()) : found;
        return new Page<>(shown.stream().map(view).toList(), more ? encode(place.apply(shown.getLast())) : null);
    }

    private static String encode(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    /// Which page the caller asks for, with the parameters `after` and `limit`. Controllers take it as an argument.
    ///
    /// @param after the place of the last item of the page before, absent for the first page
    /// @param limit 1 to 200, usually 50
    @ParameterObject
    public record Wanted(
            @Parameter(description = "`next` of the page before.", schema = @Schema(type = "string")) @Nullable
            String after,

            @Parameter(description = "How many items.") @Schema(defaultValue = "" + USUAL) @Min(1) @Max(MOST)
            int limit) {

        /// How many to look for: one more tells whether there is a next page.
        public int fetch() {
            return limit + 1;
        }

        public static Wanted parse(@Nullable String after, @Nullable String limit) {
            return new Wanted(
                    after == null || after.isEmpty() ? null : decode(after), limit == null ? USUAL : limit(limit));
        }

        private static int limit(String text) {
            int limit = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
            if (limit < 1 || limit > MOST)
                throw new ValidationFailed("limit", "validation.page-size", "A page has 1 to %s items.", "max", MOST);
            return limit;
        }

        private static String decode(String text) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)))
                        .toString();
            } catch (IllegalArgumentException | CharacterCodingException _) {
                throw new ValidationFailed("after", "validation.next", "This is not the 'next' of a page.");
            }
        }
    }
}
