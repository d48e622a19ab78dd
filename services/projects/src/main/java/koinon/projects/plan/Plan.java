package koinon.projects.plan;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import koinon.eventing.redaction.FreeText;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Money;
import org.jspecify.annotations.Nullable;

/// What cities plan together: themes, goals, dates, the part of each partner, and the work plan with milestones. It
/// is a value that rules judge; it has no state and no commitments.
///
/// @param sdgs numbers of the Sustainable Development Goals, 1 to 17
/// @param startsOn first day; absent until written
/// @param endsOn last day; absent until written
/// @param parts one per partner, the lead's first
public record Plan(
        @FreeText String title,
        @FreeText String summary,
        List<String> themes,
        List<Integer> sdgs,
        @Nullable LocalDate startsOn,
        @Nullable LocalDate endsOn,
        List<Milestone> milestones,
        List<Part> parts) {

    /// Characters of a title.
    public static final int LONGEST_TITLE = 200;

    /// Characters of a summary and of a partner's tasks.
    public static final int LONGEST_TEXT = 10_000;

    public static final int MOST_MILESTONES = 100;

    /// Bounds the number of partners, so that the plan fits into one event.
    public static final int MOST_PARTS = 50;

    /// Bytes of UTF-8 of all texts: the plan is submitted in one event of at most 256 KB.
    public static final int MOST_TEXT = 128 * 1024;

    /// Contributions of one partner.
    static final int MOST_CONTRIBUTIONS = 50;

    private static final int MOST_THEMES = 20;
    private static final int LONGEST_THEME = 100;
    private static final int GOALS = 17;

    /// Approximate bytes of JSON around the texts of a milestone, a part, a contribution.
    private static final int FRAME_OF_MILESTONE = 120;
    private static final int FRAME_OF_PART = 160;
    private static final int FRAME_OF_CONTRIBUTION = 120;

    public Plan {
        themes = List.copyOf(themes);
        sdgs = List.copyOf(sdgs);
        milestones = List.copyOf(milestones);
        parts = List.copyOf(parts);
    }

    /// The initial plan of a proposal: a title and a lead.
    public static Plan initial(String title, String lead) {
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

    /// Rejects invalid values in the common parts.
    public void check() {
        Bounds.line("/title", title, LONGEST_TITLE);
        Bounds.atMost("/summary", summary, LONGEST_TEXT);
        if (themes.size() > MOST_THEMES)
            throw new ValidationFailed("/themes", "validation.at-most", "At most %s are allowed.", "max", MOST_THEMES);
        for (int i = 0; i < themes.size(); i++) Bounds.line("/themes/" + i, themes.get(i), LONGEST_THEME);
        if (sdgs.size() > GOALS)
            throw new ValidationFailed("/sdgs", "validation.at-most", "At most %s are allowed.", "max", GOALS);
        for (int i = 0; i < sdgs.size(); i++)
            if (sdgs.get(i) < 1 || sdgs.get(i) > GOALS)
                throw new ValidationFailed(
                        "/sdgs/" + i, "validation.goals", "Goals are numbered 1 to %s.", "max", GOALS);
        if (startsOn != null && endsOn != null && endsOn.isBefore(startsOn))
            throw new ValidationFailed(
                    "/endsOn", "plan.ends-before-it-starts", "It ends on the day it starts, or later.");
    }

    public Plan withMilestones(List<Milestone> milestones) {
        return new Plan(title, summary, themes, sdgs, startsOn, endsOn, milestones, parts);
    }

    /// Replaces the part of the same city, or appends it.
    public Plan with(Part part) {
        return part(part.city()).isPresent()
                ? withParts(parts.stream()
                        .map(it -> it.city().equals(part.city()) ? part : it)
                        .toList())
                : withParts(Stream.concat(parts.stream(), Stream.of(part)).toList());
    }

    /// Removes this city's part.
    public Plan without(String city) {
        return withParts(parts.stream().filter(it -> !it.city().equals(city)).toList());
    }

    private Plan withParts(List<Part> parts) {
        return new Plan(title, summary, themes, sdgs, startsOn, endsOn, milestones, parts);
    }

    /// Approximate size in bytes when submitted: the texts and the JSON around them.
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

    /// The total grant.
    public Money grantIn(String currency) {
        return sum(currency, it -> it.grantIn(currency));
    }

    /// The total co-financing.
    public Money coFinancingIn(String currency) {
        return sum(currency, it -> it.coFinancingIn(currency));
    }

    /// The total of grants and co-financing.
    public Money budgetIn(String currency) {
        return grantIn(currency).plus(coFinancingIn(currency));
    }

    /// The total overhead.
    public Money overheadIn(String currency) {
        return sum(currency, it -> it.overheadIn(currency));
    }

    /// The ids of the milestones that earn this tranche.
    public List<String> earning(String tranche) {
        return milestones.stream()
                .filter(it -> it.tranche().equals(tranche))
                .map(Milestone::id)
                .toList();
    }

    private Money sum(String currency, Function<Part, Money> amount) {
        return parts.stream().map(amount).reduce(Money.zero(currency), Money::plus);
    }

    /// @throws ValidationFailed where one plan cannot have these milestones
    public static void checkMilestones(List<Milestone> milestones) {
        if (milestones.stream().map(Milestone::id).distinct().count() < milestones.size())
            throw new ValidationFailed("/milestones", "milestone.id-twice", "Two milestones have the same id.");
        if (milestones.size() > MOST_MILESTONES)
            throw new ValidationFailed(
                    "/milestones", "validation.at-most", "At most %s are allowed.", "max", MOST_MILESTONES);
        for (int i = 0; i < milestones.size(); i++) milestones.get(i).check("/milestones/" + i);
    }
}
