package koinon.http.page;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
        boolean more = found.size() > wanted.limit();
        var shown = more ? found.subList(0, wanted.limit()) : found;
        return new Page<>(shown.stream().map(view).toList(), more ? wanted.next(place.apply(shown.getLast())) : null);
    }

    /// Which page the caller asks for, with the parameters `after` and `limit`. Controllers take it as an argument. Its
    /// use throws what is wrong with it, so that a controller can say that together with what else is wrong.
    ///
    /// @param after the place of the last item of the page before, absent for the first page
    /// @param limit 1 to 200, usually 50
    /// @param question names what is asked, on whichever page
    /// @param wrong what is wrong with the parameters
    @ParameterObject
    public record Wanted(
            @Parameter(
                    description = "`next` of the page before, asked with the same path and parameters.",
                    schema = @Schema(type = "string"))
            @Nullable
            String after,

            @Parameter(description = "How many items.") @Schema(defaultValue = "" + USUAL) @Min(1) @Max(MOST)
            int limit,

            @Parameter(hidden = true) String question,
            @Parameter(hidden = true) List<ValidationFailed.Violation> wrong) {

        private static final String AFTER = "after";
        private static final String LIMIT = "limit";

        /// The names of the parameters.
        public static final List<String> PARAMETERS = List.of(AFTER, LIMIT);

        /// Of a list that is asked for without a request.
        public Wanted(@Nullable String after, int limit) {
            this(after, limit, "", List.of());
        }

        public Wanted {
            wrong = List.copyOf(wrong);
        }

        @Override
        public @Nullable String after() {
            check();
            return after;
        }

        @Override
        public int limit() {
            check();
            return limit;
        }

        private void check() {
            if (!wrong.isEmpty()) throw new ValidationFailed(wrong);
        }

        /// How many to look for: one more tells whether there is a next page.
        public int fetch() {
            return limit() + 1;
        }

        /// The `after` of the next page.
        ///
        /// @param place of the last item of this page
        public String next(String place) {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((question + place).getBytes(StandardCharsets.UTF_8));
        }

        public static Wanted parse(@Nullable String after, @Nullable String limit, String question) {
            List<ValidationFailed.Violation> wrong = new ArrayList<>();
            @Nullable String place = after == null ? null : place(after, question, wrong);
            int size = limit == null ? USUAL : size(limit, wrong);
            return new Wanted(place, size, question, wrong);
        }

        private static int size(String text, List<ValidationFailed.Violation> wrong) {
            int size = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
            if (size < 1 || size > MOST)
                wrong.add(new ValidationFailed.Violation(
                        LIMIT, "validation.page-size", "A page has 1 to %s items.", "max", MOST));
            return size;
        }

        private static @Nullable String place(String text, String question, List<ValidationFailed.Violation> wrong) {
            try {
                String cursor = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)))
                        .toString();
                if (cursor.startsWith(question)) return cursor.substring(question.length());
                wrong.add(new ValidationFailed.Violation(
                        AFTER,
                        "validation.next-of-another",
                        "This is not the 'next' of this question: it was asked with another path or other parameters."
                                + " Ask again without after."));
            } catch (IllegalArgumentException | CharacterCodingException _) {
                wrong.add(
                        new ValidationFailed.Violation(AFTER, "validation.next", "This is not the 'next' of a page."));
            }
            return null;
        }
    }
}
