package koinon.http.query;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.rule.ValidationFailed;
import koinon.http.page.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;

/// The query parameters of an operation, as the method of its controller declares them. Whatever else is sent is
/// refused, because an answer that ignores a part of the question looks like the answer to it. Each is sent once and
/// with a value; several values are one list, separated by commas.
public final class QueryParameters {

    private static final Map<Method, QueryParameters> KNOWN = new ConcurrentHashMap<>();
    private static final int QUESTION_CHARACTERS = 8;

    private final Map<String, Declared> declared;

    /// @param usual the value that an absent one has
    /// @param several whether it is a list
    private record Declared(@Nullable String usual, boolean several) {}

    private QueryParameters(Map<String, Declared> declared) {
        this.declared = declared;
    }

    /// @param handler the method of a controller
    public static QueryParameters of(Method handler) {
        return KNOWN.computeIfAbsent(handler, QueryParameters::read);
    }

    private static QueryParameters read(Method handler) {
        Map<String, Declared> found = new LinkedHashMap<>();
        for (Parameter it : handler.getParameters()) {
            @Nullable RequestParam parameter = it.getAnnotation(RequestParam.class);
            if (parameter != null) found.put(name(it, parameter), declared(it, parameter));
            if (it.getType() == Page.Wanted.class)
                for (String name : Page.Wanted.PARAMETERS) found.put(name, new Declared(null, false));
        }
        return new QueryParameters(found);
    }

    private static String name(Parameter it, RequestParam parameter) {
        return Stream.of(parameter.name(), parameter.value(), it.getName())
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static Declared declared(Parameter it, RequestParam parameter) {
        String usual = parameter.defaultValue();
        return new Declared(
                usual.equals(ValueConstants.DEFAULT_NONE) ? null : usual,
                Collection.class.isAssignableFrom(it.getType()) || it.getType().isArray());
    }

    /// Their names.
    public Set<String> names() {
        return Set.copyOf(declared.keySet());
    }

    /// Whether a parameter is a list.
    public boolean isList(String name) {
        return declared.containsKey(name) && declared.get(name).several();
    }

    /// @param query of a request, as it was sent
    /// @throws ValidationFailed with every parameter that is unknown, repeated or without a value
    public void check(@Nullable String query) {
        List<ValidationFailed.Violation> wrong = new ArrayList<>();
        sent(query).forEach((name, values) -> {
            @Nullable Declared it = declared.get(name);
            if (it == null) wrong.add(unknown(name));
            else if (values.size() > 1) wrong.add(repeated(name, it.several()));
            else if (isEmpty(values.getFirst(), it.several())) wrong.add(empty(name));
        });
        if (!wrong.isEmpty()) throw new ValidationFailed(wrong);
    }

    private ValidationFailed.Violation unknown(String name) {
        return declared.isEmpty()
                ? new ValidationFailed.Violation(
                        name,
                        "validation.parameter-none",
                        "There is no parameter %s here, nor another.",
                        "parameter",
                        name)
                : new ValidationFailed.Violation(
                        name,
                        "validation.parameter-unknown",
                        "There is no parameter %s here. There are: %s.",
                        "parameter",
                        name,
                        "known",
                        String.join(", ", declared.keySet()));
    }

    private static ValidationFailed.Violation repeated(String name, boolean several) {
        return several
                ? new ValidationFailed.Violation(
                        name,
                        "validation.parameter-list",
                        "%s must be sent once, with its values separated by commas.",
                        "parameter",
                        name)
                : new ValidationFailed.Violation(
                        name, "validation.parameter-repeated", "%s must be sent once.", "parameter", name);
    }

    private static ValidationFailed.Violation empty(String name) {
        return new ValidationFailed.Violation(
                name,
                "validation.parameter-empty",
                "%s has no value here. Leave it out, or give it one.",
                "parameter",
                name);
    }

    private static boolean isEmpty(String value, boolean several) {
        return several ? Arrays.stream(value.split(",", -1)).anyMatch(String::isBlank) : value.isBlank();
    }

    /// Names the question that a request asks, whichever page of the answer it wants: a cursor of one question says
    /// nothing about another.
    ///
    /// @param path of the request
    public String question(String path, @Nullable String query) {
        String asked = sent(query).entrySet().stream()
                .filter(it -> !Page.Wanted.PARAMETERS.contains(it.getKey()) && !isUsual(it.getKey(), it.getValue()))
                .map(it -> it.getKey() + "=" + String.join("&", it.getValue()))
                .sorted()
                .collect(Collectors.joining("\n", path + "\n", ""));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(asked.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(digest).substring(0, QUESTION_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isUsual(String name, List<String> values) {
        @Nullable Declared it = declared.get(name);
        return it != null && it.usual() != null && values.equals(List.of(it.usual()));
    }

    /// The values of each parameter, in the order in which they were sent.
    private static Map<String, List<String>> sent(@Nullable String query) {
        Map<String, List<String>> sent = new LinkedHashMap<>();
        if (query == null) return sent;
        for (String it : query.split("&", -1)) {
            if (it.isEmpty()) continue;
            int end = it.indexOf('=');
            sent.computeIfAbsent(decoded(end < 0 ? it : it.substring(0, end)), _ -> new ArrayList<>())
                    .add(end < 0 ? "" : decoded(it.substring(end + 1)));
        }
        return sent;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
