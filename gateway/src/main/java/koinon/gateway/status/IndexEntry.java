package koinon.gateway.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.collation.RootCollation;
import koinon.gateway.directory.KnownCity;
import koinon.gateway.projection.ProjectFacts;
import koinon.gateway.status.Status.Health.Level;
import org.jspecify.annotations.Nullable;

/// The part of a status that lists and summaries need; the only part that is kept for every project.
///
/// @param item without sums, because not every reader may see them
/// @param money all sums
/// @param partners the cities that take part, the lead among them
/// @param agreementFunders the funders with an agreement, which not every reader may see
/// @param involved the scopes of the partner cities and funders
/// @param text what a search looks at, [#folded]
/// @param titleKey by which its title is sorted
/// @param nextActions what who takes part is shown as next actions
/// @param networkActions what the network is shown as next actions
/// @param from the moment since which the clock has not changed it
/// @param until the moment at which the clock changes it next
public record IndexEntry(
        ProjectFacts facts,
        ListItem item,
        List<Status.Sums> money,
        List<KnownCity> partners,
        List<String> themes,
        List<Integer> sdgs,
        List<Status.Named> funders,
        List<Status.Named> agreementFunders,
        Set<String> involved,
        String text,
        String titleKey,
        List<Status.Action> nextActions,
        List<Status.Action> networkActions,
        Instant from,
        Instant until) {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    /// A project in a list.
    ///
    /// @param money the sums that the reader may see, one item per currency
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ListItem(
            String id,
            String title,
            Status.@Nullable Call call,
            String phase,
            KnownCity lead,
            List<Status.Named> partners,
            Level health,
            BigDecimal progress,
            List<Status.Sums> money,
            Status.@Nullable Deadline nextDeadline,
            Instant updated) {

        private ListItem with(List<Status.Sums> shown) {
            return new ListItem(id, title, call, phase, lead, partners, health, progress, shown, nextDeadline, updated);
        }
    }

    static IndexEntry of(ProjectFacts facts, DerivedStatus derivation) {
        Status status = derivation.status();
        Set<String> cities = Set.copyOf(facts.cities());
        List<KnownCity> partners = status.partners().stream()
                .map(Status.Partner::city)
                .filter(it -> cities.contains(it.id()))
                .toList();
        List<Status.Action> actions = status.nextActions() == null ? List.of() : status.nextActions();
        List<Status.Named> byAgreement = status.agreements() == null
                ? List.of()
                : Status.Named.funders(status.agreements().stream().map(Status.Agreement::fund));
        return new IndexEntry(
                facts,
                item(status, partners),
                status.money(),
                partners,
                status.themes(),
                status.sdgs(),
                status.funders(),
                byAgreement,
                involved(cities, byAgreement),
                text(status, partners),
                RootCollation.key(status.title()),
                actions,
                // Mostly the same, and kept for every project.
                actions.equals(status.networkActions()) ? actions : status.networkActions(),
                derivation.from(),
                derivation.until());
    }

    private static ListItem item(Status it, List<KnownCity> partners) {
        return new ListItem(
                it.id(),
                it.title(),
                it.call(),
                it.phase(),
                it.lead(),
                partners.stream()
                        .map(city -> new Status.Named(city.id(), city.name()))
                        .toList(),
                it.health().level(),
                it.progress(),
                List.of(),
                it.nextDeadline(),
                it.updated());
    }

    private static Set<String> involved(Set<String> cities, List<Status.Named> funders) {
        var involved = new LinkedHashSet<String>();
        for (String it : cities) involved.add("city/" + it);
        for (Status.Named it : funders) involved.add("funder/" + it.id());
        return Set.copyOf(involved);
    }

    private static String text(Status it, List<KnownCity> partners) {
        return folded(Stream.concat(
                        Stream.of(it.id(), it.title()),
                        Stream.concat(Stream.of(it.lead()), partners.stream())
                                .flatMap(city -> Stream.concat(Stream.of(city.id()), city.names())))
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining("\n")));
    }

    /// A text as searches compare it: without case, accents and other marks.
    public static String folded(String text) {
        String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        // Letters of their own, which people without them on the keyboard write as these.
        return plain.replace("đ", "d")
                .replace("ø", "o")
                .replace("ł", "l")
                .replace("ı", "i")
                .replace("ß", "ss")
                .replace("æ", "ae")
                .replace("œ", "oe");
    }

    /// The item as this reader may see it.
    public ListItem item(Reader reader, Contracts contracts) {
        return item.with(money(reader, contracts));
    }

    /// The next actions that this reader may see.
    public List<Status.Action> nextActions(Reader reader) {
        if (!reader.isInvolved()) return List.of();
        return reader.equals(Reader.NETWORK) ? networkActions : nextActions;
    }

    /// The rights for which somebody can act now, whoever may see it.
    Set<String> awaitedRights() {
        if (nextActions.isEmpty() && networkActions.isEmpty()) return Set.of();
        return Stream.concat(nextActions.stream(), networkActions.stream())
                .map(Status.Action::right)
                .collect(Collectors.toSet());
    }

    /// The sums that this reader may see.
    public List<Status.Sums> money(Reader reader, Contracts contracts) {
        return Status.Sums.shownTo(money, reader, isApproved(), contracts);
    }

    /// The funders that this reader may see: those of the approved grants are public, those of agreements are for
    /// who takes part.
    public List<Status.Named> funders(Reader reader) {
        if (!reader.isInvolved() || agreementFunders.isEmpty() || agreementFunders.equals(funders)) return funders;
        return Stream.concat(funders.stream(), agreementFunders.stream())
                .distinct()
                .toList();
    }

    /// Whether the entry was derived from these facts.
    @SuppressWarnings("ReferenceEquality") // Facts are immutable, and comparing their content is slow.
    boolean isOf(ProjectFacts now) {
        return facts == now;
    }

    /// Whether the clock will change it.
    boolean hasEnd() {
        return until.isBefore(Instant.MAX);
    }

    /// Its sort key by the moment at which the clock changes it.
    StatusIndex.Key end() {
        return new StatusIndex.Key(until.toEpochMilli(), "", item.id());
    }

    /// Whether the clock has not changed it yet.
    boolean holdsAt(Instant at) {
        return at.isBefore(until);
    }

    /// Whether the project was approved, so that it is public.
    public boolean isApproved() {
        return facts.approvedPlan() != null;
    }

    /// Whether the part that this reader may see names this city and this funder.
    public boolean names(@Nullable String city, @Nullable String funder, Reader reader) {
        return (city == null || involved.contains("city/" + city))
                && (funder == null
                        || funders(reader).stream().anyMatch(it -> it.id().equals(funder)));
    }

    /// Whether this reader may see the project at all.
    public boolean isVisibleTo(Reader reader) {
        return reader.isInvolved() || isApproved();
    }
}
