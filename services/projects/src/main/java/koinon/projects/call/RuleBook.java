package koinon.projects.call;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.platform.model.Invalid.Violation;
import org.jspecify.annotations.Nullable;

/// Every kind of [Rule] by its name, and the way from an entry `{"kind": ..., ...}` to a rule and back. Entries hold
/// only texts, whole numbers and lists of texts, so they are the same in a document, in an event and in a request.
final class RuleBook {

    private static final Map<String, Class<?>> KINDS = Stream.of(Rule.class.getPermittedSubclasses())
            .collect(Collectors.toMap(it -> kind(it.getSimpleName()), Function.identity()));

    private static final int MOST_DIGITS = 30;

    /// What an entry of some kind has beside its kind.
    ///
    /// @param type `Integer`, `BigDecimal` or `List` of texts
    record Parameter(String name, Class<?> type, boolean optional) {}

    private RuleBook() {}

    /// Every kind by its name, and the parameters of its entries.
    static Map<String, List<Parameter>> kinds() {
        Map<String, List<Parameter>> kinds = new TreeMap<>();
        KINDS.forEach((kind, type) -> kinds.put(
                kind,
                Stream.of(type.getRecordComponents())
                        .map(it -> new Parameter(it.getName(), it.getType(), optional(it.getAnnotatedType())))
                        .toList()));
        return kinds;
    }

    /// The rule that an entry means, which was checked before.
    static Rule rule(Map<String, Object> entry) {
        List<Violation> violations = new ArrayList<>();
        Rule rule = read(entry, "", violations);
        if (rule == null) throw new IllegalStateException("Not a rule: " + entry + " " + violations);
        return rule;
    }

    /// The rule that an entry means; none when it means none, and then what is wrong is added to the violations.
    static @Nullable Rule read(Map<String, Object> entry, String pointer, List<Violation> violations) {
        @Nullable Object kind = entry.get("kind");
        @Nullable Class<?> type = kind instanceof String name ? KINDS.get(name) : null;
        if (type == null) {
            violations.add(new Violation(
                    pointer + "/kind",
                    "A rule is of one of these kinds: "
                            + KINDS.keySet().stream().sorted().collect(Collectors.joining(", ")) + "."));
            return null;
        }
        int before = violations.size();
        RecordComponent[] components = type.getRecordComponents();
        List<String> names = Stream.of(components).map(RecordComponent::getName).toList();
        for (String name : entry.keySet())
            if (!name.equals("kind") && !names.contains(name))
                violations.add(new Violation(pointer + "/" + name, "The rule " + kind + " has no " + name + "."));
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            @Nullable Object given = entry.get(names.get(i));
            values[i] = given == null ? null : value(components[i].getType(), given);
            boolean named = entry.containsKey(names.get(i));
            if (named ? values[i] == null : !optional(components[i].getAnnotatedType()))
                violations.add(new Violation(
                        pointer + "/" + names.get(i),
                        "The rule " + kind + " needs " + noun(components[i].getType()) + " here."));
        }
        return violations.size() > before ? null : made(type, values, pointer, violations);
    }

    /// The entry that means a rule, in the one form in which it is kept.
    static Map<String, Object> entry(Rule rule) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("kind", kind(rule.getClass().getSimpleName()));
        for (RecordComponent component : rule.getClass().getRecordComponents()) {
            try {
                @Nullable Object value = component.getAccessor().invoke(rule);
                if (value != null)
                    entry.put(component.getName(), value instanceof BigDecimal it ? it.toPlainString() : value);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return entry;
    }

    private static @Nullable Rule made(
            Class<?> type, @Nullable Object[] values, String pointer, List<Violation> violations) {
        try {
            return (Rule) type.getDeclaredConstructors()[0].newInstance(values);
        } catch (InvocationTargetException e) {
            @Nullable Throwable cause = e.getCause();
            violations.add(new Violation(pointer, cause == null ? "Not a rule." : String.valueOf(cause.getMessage())));
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A value as a component's type; none when it is not of that kind.
    private static @Nullable Object value(Class<?> type, Object given) {
        try {
            if (type == Integer.class)
                return given instanceof Number it ? decimal(it).intValueExact() : null;
            if (type == BigDecimal.class) return decimal(given);
            if (type == List.class
                    && given instanceof List<?> list
                    && list.stream().allMatch(String.class::isInstance))
                return list.stream().map(String.class::cast).toList();
            return null;
        } catch (ArithmeticException | NumberFormatException _) {
            return null;
        }
    }

    private static BigDecimal decimal(Object given) {
        if (!(given instanceof Number) && !(given instanceof String)) throw new NumberFormatException();
        BigDecimal decimal = new BigDecimal(given.toString());
        // Beyond this, the plain form of a number like 1e999999999 would fill the memory.
        if (decimal.precision() > MOST_DIGITS || Math.abs((long) decimal.scale()) > MOST_DIGITS)
            throw new NumberFormatException();
        return new BigDecimal(decimal.stripTrailingZeros().toPlainString());
    }

    private static String noun(Class<?> type) {
        if (type == Integer.class) return "a whole number";
        return type == BigDecimal.class ? "a decimal" : "a list of texts";
    }

    private static boolean optional(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static String kind(String simpleName) {
        return simpleName.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
