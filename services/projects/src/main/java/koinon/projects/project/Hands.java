package koinon.projects.project;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.platform.model.By;
import koinon.platform.model.Forbidden;
import koinon.projects.call.Oversight;
import koinon.projects.plan.Award;
import koinon.projects.plan.PartnerShare;
import org.jspecify.annotations.Nullable;

/// Who may do what in a project, by its partners and its agreements. Who works in it and who decides on it are
/// never the same: nobody decides or verifies who holds a mandate of a partner city, whichever mandate is used.
record Hands(Award award, Collection<KnownAgreement> agreements) {

    /// The partner cities, the lead's among them.
    Set<String> cities() {
        return award.partners().stream().map(PartnerShare::city).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    By editor(By by) {
        return by.as(cities().stream().map(it -> "city-editor@city/" + it).toArray(String[]::new));
    }

    By lead(By by) {
        return by.as("city-signatory@city/" + award.lead());
    }

    By secretariat(By by) {
        return apart(by.as("secretariat@network"));
    }

    /// @param funderOf the funder of a fund, where it is known
    By verifier(Function<String, @Nullable String> funderOf, By by) {
        String role = award.verifier();
        if (!role.equals("funder-officer")) return apart(by.as(role + "@network"));
        String[] rights = funderScopes(funderOf).map(it -> role + "@" + it).toArray(String[]::new);
        if (rights.length == 0)
            throw new Forbidden("no-mandate", "An officer of a funder does this, and no agreement has been heard of.");
        return apart(by.as(rights));
    }

    /// Whether this person takes part in it or watches over the network, and so sees all of it.
    boolean isOpenTo(By by, Function<String, @Nullable String> funderOf) {
        return Oversight.includes(by)
                || by.holdsAnyFor(partnerScopes())
                || by.holdsAnyFor(funderScopes(funderOf).collect(Collectors.toSet()));
    }

    private By apart(By by) {
        if (by.holdsAnyFor(partnerScopes()))
            throw new Forbidden(
                    "partner-mandate", "Who may act for one of its partner cities neither decides nor verifies here.");
        return by;
    }

    private Set<String> partnerScopes() {
        return cities().stream().map(it -> "city/" + it).collect(Collectors.toSet());
    }

    private Stream<String> funderScopes(Function<String, @Nullable String> funderOf) {
        return agreements.stream()
                .filter(KnownAgreement::isPartOfFunding)
                .<@Nullable String>map(it -> funderOf.apply(it.fund()))
                .filter(Objects::nonNull)
                .map(it -> "funder/" + it)
                .distinct();
    }
}
