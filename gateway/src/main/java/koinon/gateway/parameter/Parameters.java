package koinon.gateway.parameter;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Texts;
import koinon.http.page.Page;
import org.jspecify.annotations.Nullable;

/// Checks the query parameters of a request and collects everything that is wrong with them.
public final class Parameters {

    private static final int LONGEST = 200;

    private final List<ValidationFailed.Violation> wrong = new ArrayList<>();

    /// A number from 1 on. It comes as text, so that it can be wrong together with other parameters.
    public int number(String parameter, String value, int most) {
        int number = value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0;
        if (number < 1 || number > most)
            wrong(parameter, "validation.parameter-between", "%s must be a number between 1 and %s.", most);
        return number;
    }

    /// A text of at most 200 characters, in the normal form in which texts are stored.
    public @Nullable String text(String parameter, @Nullable String value) {
        if (value == null) return null;
        if (Texts.length(value) > LONGEST)
            wrong(parameter, "validation.parameter-length", "%s must have at most %s characters.", LONGEST);
        return Normalizer.normalize(value, Normalizer.Form.NFC);
    }

    /// What is wrong with the parameters of a page.
    public void page(Page.Wanted page) {
        wrong.addAll(page.wrong());
    }

    /// Several values; none if the parameter is absent.
    public <T> List<T> several(String parameter, @Nullable List<T> values, int most) {
        List<T> all = values == null ? List.of() : List.copyOf(values);
        if (all.size() > most) wrong(parameter, "validation.parameter-count", "%s must have at most %s values.", most);
        return all;
    }

    /// One of the names, ignoring case.
    public String oneOf(String parameter, String value, Stream<String> allowed) {
        List<String> names = allowed.toList();
        String name = value.toUpperCase(Locale.ROOT);
        if (!names.contains(name))
            wrong(
                    parameter,
                    "validation.parameter-one-of",
                    "%s must be one of %s.",
                    "parameter",
                    parameter,
                    "allowed",
                    names.stream().map(it -> it.toLowerCase(Locale.ROOT)).collect(Collectors.joining(", ")));
        return name;
    }

    /// A value of an enum, ignoring case; the first one if it is none of them.
    public <E extends Enum<E>> E oneOf(String parameter, String value, E[] allowed) {
        String name = oneOf(parameter, value, Stream.of(allowed).map(Enum::name));
        return Stream.of(allowed)
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElse(allowed[0]);
    }

    private void wrong(String parameter, String key, String text, int max) {
        wrong(parameter, key, text, "parameter", parameter, "max", max);
    }

    /// Adds something that is wrong.
    public void wrong(String parameter, String key, String text, Object... values) {
        wrong.add(new ValidationFailed.Violation(parameter, key, text, values));
    }

    /// @throws ValidationFailed with everything that is wrong
    public void check() {
        if (!wrong.isEmpty()) throw new ValidationFailed(wrong);
    }
}
