package koinon.platform.model;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who does something, with which rights, and when.
///
/// @param actor the token's subject, or `system:<service>` for what follows from an event or the clock
/// @param mandates every mandate that the person holds now, not only the one acted under
/// @param chosen id of the mandate that the caller picked, if any
/// @param acting the mandate acted under, known once a rule has asked for one
/// @param at when, by the server's clock
public record By(
        String actor,
        List<Mandate> mandates,
        @Nullable String chosen,
        @Nullable Mandate acting,
        Instant at) {

    public By {
        mandates = List.copyOf(mandates);
    }

    /// The system itself, answering an event or the clock.
    public static By system(String service, Instant at) {
        return new By("system:" + service, List.of(), null, null, at);
    }

    /// The same caller acting under the one mandate that fits.
    ///
    /// @param rights what would do, each as `<role>@<scope>`
    /// @throws Forbidden `no-mandate` when none fits
    /// @throws Invalid when several fit and the caller picked none
    public By as(String... rights) {
        Set<String> wanted = Set.of(rights);
        List<Mandate> fitting =
                mandates.stream().filter(it -> wanted.contains(it.key())).toList();
        if (chosen != null)
            fitting = fitting.stream().filter(it -> it.id().equals(chosen)).toList();
        if (fitting.isEmpty())
            throw new Forbidden("no-mandate", "This needs a mandate as " + String.join(" or ", rights) + ".");
        if (fitting.size() > 1)
            throw new Invalid(
                    "Koinon-Mandate",
                    "Several mandates fit; name one in Koinon-Mandate: "
                            + fitting.stream()
                                    .map(it -> it.id() + " (" + it.key() + ")")
                                    .collect(Collectors.joining(", "))
                            + ".");
        return new By(actor, mandates, chosen, fitting.getFirst(), at);
    }

    /// Whether the person holds any mandate, in whichever role, for one of these scopes.
    public boolean holdsAnyFor(Set<String> scopes) {
        return mandates.stream().anyMatch(it -> scopes.contains(it.scope()));
    }

    /// Whether the person holds one of these mandates, each `<role>@<scope>`.
    public boolean holdsAny(Set<String> rights) {
        return mandates.stream().anyMatch(it -> rights.contains(it.key()));
    }

    /// Refuses the person who did the other step.
    ///
    /// @throws Forbidden `separate-hands` when `other` is this actor
    public void mustNotBe(@Nullable String other, String sentence) {
        if (actor.equals(other)) throw new Forbidden("separate-hands", sentence);
    }
}
