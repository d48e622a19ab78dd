package koinon.projects.origin;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import koinon.eventing.rule.ValidationFailed;

/// What a proposal came from.
///
/// @param kind code of the [Kind]
/// @param id of the idea or the gathering
public record Origin(String kind, String id) {

    private static final Pattern WRITTEN = Pattern.compile("([a-z-]+)/([a-z0-9-]{1,100})");

    /// What a proposal can come from.
    public enum Kind {
        /// What a city would do together with others. It is for members of the network until a proposal that takes it
        /// up is approved.
        IDEA,
        /// A conference, forum, annual meeting or workshop. It is public.
        GATHERING;

        /// The name in events and answers: `idea`.
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The codes of all kinds.
    public static final class Codes implements Supplier<List<String>> {

        @Override
        public List<String> get() {
            return Stream.of(Kind.values()).map(Kind::code).toList();
        }
    }

    /// Reads an origin that a parameter of a query names: `idea/<id>`.
    ///
    /// @throws ValidationFailed where the text names none
    public static Origin parse(String parameter, String text) {
        var written = WRITTEN.matcher(text);
        if (!written.matches() || !new Codes().get().contains(written.group(1)))
            throw new ValidationFailed(
                    parameter,
                    "validation.origin",
                    "An origin is one of %s, a slash and an id.",
                    "kinds",
                    String.join(", ", new Codes().get()));
        return new Origin(written.group(1), written.group(2));
    }

    /// The name in the network: `idea/<id>`.
    public String name() {
        return kind + "/" + id;
    }

    /// Whether a reader may see that a proposal came from this.
    ///
    /// @param member whether the reader is a member of the network
    /// @param approved whether the proposal is approved
    public boolean isShown(boolean member, boolean approved) {
        return member || approved || !isForMembers();
    }

    /// Whether only members of the network see it until a proposal that takes it up is approved.
    public boolean isForMembers() {
        return kind.equals(Kind.IDEA.code());
    }
}
