package koinon.projects.plan;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import koinon.platform.model.Invalid;
import koinon.platform.model.Money;
import koinon.platform.model.bounds.Bounds;
import org.jspecify.annotations.Nullable;

/// What cities want to do together: themes, goals, dates, the part of each partner, the work with its milestones.
/// Rules judge it; it knows no state and nobody's consent.
///
/// @param sdgs numbers of the Sustainable Development Goals, 1 to 17
/// @param startsOn first day; absent until written
/// @param endsOn last day; absent until written
/// @param parts one per partner, the lead's first
public record Plan(
        String title,
        String summary,
        List<String> themes,
        List<Integer> sdgs,
        @Nullable LocalDate startsOn,
        @Nullable LocalDate endsOn,
        List<Milestone> milestones,
        List<Part> parts) {

    /// The most characters of a title.
    public static final int LONGEST_TITLE = 200;

    /// The most characters of a summary, and of what a partner does.
    public static final int LONGEST_TEXT = 10_000;

    /// The most milestones.
    public static final int MOST_MILESTONES = 100;

    /// How many cities write a plan together at most, so that all of it fits into one event.
    public static final int MOST_PARTS = 50;

    /// How much text a plan has at most, in bytes of UTF-8: it is submitted in one event, which has 256 KB.
    public static final int MOST_TEXT = 128 * 1024;

    /// The most contributions of one partner.
    static final int MOST_CONTRIBUTIONS = 50;

    private static final int MOST_THEMES = 20;
    private static final int LONGEST_THEME = 100;
    private static final int GOALS = 17;

    /// About how many bytes of JSON stand around the texts of a milestone, a part, a contribution.
    private static final int FRAME_OF_MILESTONE = 120;
    private static final int FRAME_OF_PART = 160;
    private static final int FRAME_OF_CONTRIBUTION = 120;

    public Plan {
        themes = List.copyOf(themes);
        sdgs = List.copyOf(sdgs);
        milestones = List.copyOf(milestones);
        parts = List.copyOf(parts);
    }

    /// The plan as a proposal begins: a title and a lead.
    public static Plan begun(String title, String lead) {
        return new Plan(title, "", List.of(), List.of(), null, null, List.of(), List.of(Part.empty(lead)));
    }

    public Plan withSummary(
            String title,
            String summary,
            List<String> themes,
            List<Integer> sdgs,
            @Nullable LocalDate startsOn,
            @Nullable LocalDate endsOn) {
        return new Plan(title, summary, themes, sdgs, startsOn, endsOn, milestones, parts);
    }

    /// Refuses common parts that no lead can have meant.
    public void check() {
        Bounds.text("/title", title, LONGEST_TITLE);
        Bounds.atMost("/summary", summary, LONGEST_TEXT);
        if (themes.size() > MOST_THEMES) throw new Invalid("/themes", "At most %d are allowed.".formatted(MOST_THEMES));
        for (int i = 0; i < themes.size(); i++) Bounds.text("/themes/" + i, themes.get(i), LONGEST_THEME);
        if (sdgs.size() > GOALS) throw new Invalid("/sdgs", "At most %d are allowed.".formatted(GOALS));
        for (int i = 0; i < sdgs.size(); i++)
            if (sdgs.get(i) < 1 || sdgs.get(i) > GOALS)
                throw new Invalid("/sdgs/" + i, "Goals are numbered 1 to %d.".formatted(GOALS));
        if (startsOn != null && endsOn != null && endsOn.isBefore(startsOn))
            throw new Invalid("/endsOn", "It ends after it starts.");
    }

    public Plan withMilestones(List<Milestone> milestones) {
        return new Plan(title, summary, themes, sdgs, startsOn, endsOn, milestones, parts);
    }

    /// With this part in the place of the same city's, or as the last.
    public Plan with(Part part) {
        return part(part.city()).isPresent()
                ? withParts(parts.stream()
                        .map(it -> it.city().equals(part.city()) ? part : it)
                        .toList())
                : withParts(Stream.concat(parts.stream(), Stream.of(part)).toList());
    }

    /// Without this city's part.
    public Plan without(String city) {
        return withParts(parts.stream().filter(it -> !it.city().equals(city)).toList());
    }

    private Plan withParts(List<Part> parts) {
        return new Plan(title, summary, themes, sdgs, startsOn, endsOn, milestones, parts);
    }

    /// About how many bytes it takes where it is submitted: its texts, and what stands around each of its things.
    public int size() {
        int size = bytes(title)
                + bytes(summary)
                + themes.stream().mapToInt(Plan::bytes).sum();
        for (Milestone it : milestones) size += FRAME_OF_MILESTONE + bytes(it.title());
        for (Part part : parts) {
            size += FRAME_OF_PART + bytes(part.tasks());
            for (Contribution it : part.contributions())
                size += FRAME_OF_CONTRIBUTION + bytes(it.source()) + (it.valuedBy() == null ? 0 : bytes(it.valuedBy()));
        }
        return size;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    public Optional<Part> part(String city) {
        return parts.stream().filter(it -> it.city().equals(city)).findFirst();
    }

    /// The ids of the partner cities, the lead's first.
    public List<String> cities() {
        return parts.stream().map(Part::city).toList();
    }

    /// What all partners ask for.
    public Money grantIn(String currency) {
        return sum(currency, it -> it.grantIn(currency));
    }

    /// What all partners bring.
    public Money coFinancingIn(String currency) {
        return sum(currency, it -> it.coFinancingIn(currency));
    }

    /// Grant and co-financing of all partners.
    public Money budgetIn(String currency) {
        return grantIn(currency).plus(coFinancingIn(currency));
    }

    /// What all partners spend on overhead.
    public Money overheadIn(String currency) {
        return sum(currency, it -> it.overheadIn(currency));
    }

    /// The sum of the weights of the milestones that earn a tranche.
    public BigDecimal weightOf(String tranche) {
        return milestones.stream()
                .filter(it -> it.tranche().equals(tranche))
                .map(Milestone::weight)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Money sum(String currency, Function<Part, Money> amount) {
        return parts.stream().map(amount).reduce(Money.zero(currency), Money::plus);
    }
}
