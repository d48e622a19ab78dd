package koinon.projects.call.rules;

import static koinon.projects.call.rules.RuleParameters.admits;
import static koinon.projects.call.rules.RuleParameters.unknown;
import static koinon.projects.call.rules.RuleSentences.either;
import static koinon.projects.call.rules.RuleSentences.named;
import static koinon.projects.call.rules.RuleSentences.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import koinon.eventing.rule.ValidationFailed.Violation;
import koinon.eventing.value.Sentence;
import koinon.projects.city.KnownCity;
import org.jspecify.annotations.Nullable;

/// The cities that may lead: by country, field, state and group; an absent parameter allows all. No field of the
/// proposal changes who leads it.
public record Lead(
        @Nullable List<String> countries,
        @Nullable List<String> fields,
        @Nullable List<String> states,
        @Nullable List<String> groups)
        implements Rule {

    public Lead {
        countries = countries == null ? null : List.copyOf(countries);
        fields = fields == null ? null : List.copyOf(fields);
        states = states == null ? null : List.copyOf(states);
        groups = groups == null ? null : List.copyOf(groups);
        if (countries == null && fields == null && states == null && groups == null)
            throw new IllegalArgumentException("It names countries, fields, states or groups.");
        if (states != null)
            for (String state : states)
                if (Stream.of(KnownCity.State.values())
                        .noneMatch(it -> it.name().equals(state)))
                    throw new IllegalArgumentException(state + " is no state of a city.");
    }

    @Override
    public List<String> groupIds() {
        return groups == null ? List.of() : groups;
    }

    @Override
    public List<Violation> unknownGroups(Set<String> known) {
        return RuleParameters.unknownGroups("/groups", groupIds(), known);
    }

    @Override
    public List<Violation> unknownValues() {
        List<Violation> unknownValues = new ArrayList<>();
        if (countries != null)
            unknownValues.addAll(unknown("/countries", countries, COUNTRIES, "validation.country", NO_COUNTRY));
        if (fields != null)
            unknownValues.addAll(unknown("/fields", fields, KnownCity.FIELDS, "validation.field", NO_FIELD));
        return unknownValues;
    }

    @Override
    public Finding judge(Facts facts) {
        @Nullable KnownCity city = facts.cities().get(facts.lead());
        if (city == null)
            return Finding.of(
                    "lead",
                    false,
                    Sentence.of("lead.unknown", "%s leads and is not known.", "city", facts.lead()),
                    Sentence.of("lead.let-known-lead", "Let a known city lead."));
        if (groups != null && !city.isInAnyOf(groups))
            return Finding.of(
                    "lead",
                    false,
                    Sentence.of(
                            "lead.in-no-group", "%s leads and is in no group that is admitted.", "city", city.label()),
                    Sentence.of(
                            "lead.let-group-lead",
                            "Let a city lead that is in %s.",
                            "groups",
                            either(facts.namesOf(groups))));
        boolean met = admits(countries, city.country())
                && admits(fields, city.field())
                && admits(states, city.state() == null ? null : city.state().name());
        return Finding.of(
                "lead",
                met,
                Sentence.of(
                        "lead.leads",
                        "%s leads: %s, %s, %s.",
                        "city",
                        city.label(),
                        "country",
                        text(city.country()),
                        "field",
                        text(city.field()),
                        "state",
                        text(city.state())),
                Sentence.of(
                        "lead.let-admitted-lead",
                        "Let a city lead that this call admits%s%s%s.",
                        "countries",
                        named(" from ", countries),
                        "fields",
                        named(" of the field ", fields),
                        "states",
                        named(", ", states)));
    }
}
