package koinon.platform.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import koinon.platform.model.Invalid;
import koinon.platform.model.Invalid.Violation;
import org.jspecify.annotations.Nullable;

/// A piece of a list, and where the next piece begins.
///
/// @param next to be sent as `after`; absent on the last page
public record Page<T>(List<T> items, @Nullable String next) {

    static final int MOST = 200;
    static final int USUAL = 50;

    public Page {
        items = List.copyOf(items);
    }

    /// The page that was asked for, of what was found for it.
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
    public record Wanted(@Nullable String after, int limit) {

        /// How many to look for: one more tells whether there is a next page.
        public int fetch() {
            return limit + 1;
        }

        static Wanted parse(@Nullable String after, @Nullable String limit) {
            List<Violation> wrong = new ArrayList<>();
            var wanted = new Wanted(
                    after == null || after.isEmpty() ? null : decode(after, wrong),
                    limit == null ? USUAL : limit(limit, wrong));
            if (!wrong.isEmpty()) throw new Invalid(wrong);
            return wanted;
        }

        private static int limit(String text, List<Violation> wrong) {
            int limit = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
            if (limit < 1 || limit > MOST)
                wrong.add(new Violation("limit", "A page has 1 to %d items.".formatted(MOST)));
            return limit;
        }

        private static @Nullable String decode(String text, List<Violation> wrong) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)))
                        .toString();
            } catch (IllegalArgumentException | CharacterCodingException _) {
                wrong.add(new Violation("after", "This is not the 'next' of a page."));
                return null;
            }
        }
    }
}
