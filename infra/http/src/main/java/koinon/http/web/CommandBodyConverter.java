package koinon.http.web;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.rule.ValidationFailed.Violation;
import koinon.eventing.value.OfKind;
import koinon.eventing.value.Sentence;
import koinon.eventing.value.Texts;
import koinon.http.constraint.OneOf;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeIdResolver;

/// Reads the body of a command strictly and to its end, checks its constraints, and names every violation at once,
/// each by its JSON pointer.
final class CommandBodyConverter extends JacksonJsonHttpMessageConverter {

    private static final ScopedValue<List<Violation>> FOUND = ScopedValue.newInstance();
    private static final int LONGEST_POINTER = 200;
    private final Validator validator;

    CommandBodyConverter(JsonMapper json, Validator validator) {
        super(json);
        this.validator = validator;
    }

    /// Only `application/json`: a merge patch is not a command.
    @Override
    public boolean canRead(ResolvableType type, @Nullable MediaType mediaType) {
        return MediaType.APPLICATION_JSON.equalsTypeAndSubtype(mediaType) && super.canRead(type, mediaType);
    }

    @Override
    public Object read(ResolvableType type, HttpInputMessage message, @Nullable Map<String, Object> hints)
            throws IOException {
        List<Violation> found = new ArrayList<>();
        @Nullable Object body = null;
        try {
            body = ScopedValue.where(FOUND, found).call(() -> super.read(type, message, hints));
        } catch (HttpMessageNotReadableException e) {
            found.add(violation(e));
        }
        if (body != null) {
            var known = found.stream().map(Violation::pointer).collect(Collectors.toCollection(HashSet::new));
            // What is missing only because it could not be read has been named already, where it is wrong.
            var checked = validator.validate(body).stream()
                    .filter(it -> it.getInvalidValue() != null || !isNamed(pointer(it.getPropertyPath()), known))
                    .toList();
            violations(checked).stream()
                    .filter(it -> !known.contains(it.pointer()))
                    .forEach(found::add);
        }
        if (body == null && found.isEmpty())
            found.add(new Violation("", "validation.body", "A body is required here."));
        if (body == null || !found.isEmpty()) throw new ValidationFailed(found);
        return body;
    }

    private static boolean isNamed(String pointer) {
        return FOUND.get().stream().anyMatch(it -> it.pointer().equals(pointer));
    }

    private static boolean isNamed(String pointer, Set<String> known) {
        return known.stream().anyMatch(it -> it.equals(pointer) || it.startsWith(pointer + "/"));
    }

    /// Records a violation at the current position; reading continues.
    static void found(DeserializationContext context, Sentence sentence) {
        found(context, pointer(context.getParser()), sentence);
    }

    static void found(DeserializationContext context, String pointer, Sentence sentence) {
        if (!FOUND.isBound()) throw MismatchedInputException.from(context.getParser(), Object.class, sentence.text());
        FOUND.get().add(new Violation(shortened(pointer), sentence));
    }

    /// The number of violations so far.
    static int count() {
        return FOUND.isBound() ? FOUND.get().size() : 0;
    }

    static String pointer(@Nullable JsonParser json) {
        return json == null ? "" : json.streamReadContext().pathAsPointer().toString();
    }

    /// The pointer of the field that is being read.
    private static String pointer(JsonParser json, String name) {
        for (TokenStreamContext at = json.streamReadContext(); at != null; at = at.getParent()) {
            if (at.inObject() && name.equals(at.currentName()))
                return at.pathAsPointer().toString();
        }
        return pointer(json) + "/" + escaped(name);
    }

    /// The pointer of a path such as `partners[0].name`.
    static String pointer(String path) {
        return "/" + path.replace("[", "/").replace("]", "").replace('.', '/');
    }

    static List<Violation> violations(Collection<? extends ConstraintViolation<?>> violations) {
        return violations.stream()
                .map(it -> new Violation(pointer(it.getPropertyPath()), sentence(it)))
                .sorted(Comparator.comparing(Violation::pointer)
                        .thenComparing(it -> it.sentence().text()))
                .toList();
    }

    /// The sentence of a constraint: its key is the constraint's name, its values are what the constraint says.
    static Sentence sentence(ConstraintViolation<?> violation) {
        var constraint = violation.getConstraintDescriptor();
        Map<String, String> values = new TreeMap<>();
        constraint.getAttributes().forEach((name, value) -> {
            if (value instanceof Number
                    || value instanceof Boolean
                    || (value instanceof String && !name.equals("message"))) values.put(name, value.toString());
        });
        if (constraint.getAnnotation() instanceof OneOf it)
            values.put("allowed", String.join(", ", OneOf.Check.values(it)));
        String name = constraint.getAnnotation().annotationType().getSimpleName();
        return new Sentence(
                "validation." + name.replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT),
                values,
                violation.getMessage());
    }

    static Sentence oneOf(Stream<?> allowed) {
        return Sentence.of(
                "validation.one-of",
                "One of %s is expected.",
                "allowed",
                allowed.map(String::valueOf).collect(Collectors.joining(", ")));
    }

    private static String pointer(Path path) {
        var pointer = new StringBuilder();
        for (Path.Node node : path) {
            if (node.isInIterable()) {
                if (node.getIndex() != null) pointer.append('/').append(node.getIndex());
                else if (node.getKey() != null) pointer.append('/').append(escaped(String.valueOf(node.getKey())));
            }
            if (node.getName() != null && node.getKind() != ElementKind.CONTAINER_ELEMENT)
                pointer.append('/').append(escaped(node.getName()));
        }
        return shortened(pointer.toString());
    }

    private static Violation violation(HttpMessageNotReadableException thrown) {
        if (!(thrown.getCause() instanceof JacksonException json))
            return new Violation("", "validation.body-unreadable", "A body is required here, and it must be readable.");
        var pointer = json.getPath().stream()
                .map(it -> "/" + (it.getPropertyName() == null ? it.getIndex() : escaped(it.getPropertyName())))
                .collect(Collectors.joining());
        if (json instanceof MismatchedInputException mismatch) {
            var type = mismatch.getTargetType();
            return new Violation(shortened(pointer), StrictScalarsModule.expected(type));
        }
        var place = json.getLocation();
        return new Violation(
                shortened(pointer),
                place == null
                        ? Sentence.of(
                                "validation.json-depth", "This is not well-formed JSON, or it is nested too deeply.")
                        : Sentence.of(
                                "validation.json",
                                "This is not well-formed JSON, near line %s, column %s.",
                                "line",
                                place.getLineNr(),
                                "column",
                                place.getColumnNr()));
    }

    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String shortened(String pointer) {
        return Texts.shown(pointer, LONGEST_POINTER);
    }

    /// Records problems at which Jackson would stop. Outside of a command it does nothing, and Jackson stops.
    ///
    /// Jackson's own [tools.jackson.databind.ObjectReader#problemCollectingReader] cannot replace it: it stops at a
    /// value of another kind, such as an object for a text, and returns no partly read body whose constraints could
    /// be checked.
    static final class Noting extends DeserializationProblemHandler {

        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser json,
                ValueDeserializer<?> reader,
                Object type,
                String name) {
            if (!FOUND.isBound()) return false;
            found(context, pointer(json, name), Sentence.of("validation.unknown-field", "Unknown field."));
            json.skipChildren();
            return true;
        }

        @Override
        public @Nullable Object handleUnexpectedToken(
                DeserializationContext context, JavaType type, JsonToken token, JsonParser json, String message) {
            if (!FOUND.isBound()) return NOT_HANDLED;
            found(context, pointer(json), StrictScalarsModule.expected(type.getRawClass()));
            json.skipChildren();
            return null;
        }

        @Override
        public @Nullable Object handleWeirdStringValue(
                DeserializationContext context, Class<?> type, String value, String message) {
            return noted(context, type);
        }

        @Override
        public @Nullable Object handleWeirdNumberValue(
                DeserializationContext context, Class<?> type, Number value, String message) {
            return noted(context, type);
        }

        private static @Nullable Object noted(DeserializationContext context, Class<?> type) {
            if (!FOUND.isBound()) return NOT_HANDLED;
            found(
                    context,
                    type.isEnum() ? oneOf(Stream.of(type.getEnumConstants())) : StrictScalarsModule.expected(type));
            return null;
        }

        /// The message of a value whose constructor refuses it.
        @Override
        public @Nullable Object handleInstantiationProblem(
                DeserializationContext context, Class<?> type, @Nullable Object argument, Throwable thrown) {
            if (!FOUND.isBound()) return NOT_HANDLED;
            var at = pointer(context.getParser());
            var cause = thrown instanceof JacksonException wrapped && wrapped.getCause() != null
                    ? wrapped.getCause()
                    : thrown;
            switch (cause) {
                case ValidationFailed it -> {
                    for (Violation one : it.violations())
                        if (!isNamed(at + one.pointer())) found(context, at + one.pointer(), one.sentence());
                }
                case IllegalArgumentException it ->
                    found(context, at, Sentence.of("validation.not-possible", "%s", "reason", it.getMessage()));
                case RuleViolation it -> throw it;
                // Something required is missing; where nothing else has been found, say so.
                case NullPointerException _ -> {
                    if (FOUND.get().isEmpty())
                        found(context, at, Sentence.of("validation.value-missing", "A value is missing."));
                }
                default -> {
                    return NOT_HANDLED;
                }
            }
            return null;
        }

        @Override
        public @Nullable JavaType handleUnknownTypeId(
                DeserializationContext context, JavaType base, String id, TypeIdResolver ids, String message) {
            return unknownKind(context, pointer(context.getParser()), ids);
        }

        @Override
        public @Nullable JavaType handleMissingTypeId(
                DeserializationContext context, JavaType base, TypeIdResolver ids, String message) {
            var json = context.getParser();
            var at = pointer(json);
            return unknownKind(context, json.hasToken(JsonToken.END_OBJECT) ? at + "/" + OfKind.KIND : at, ids);
        }

        private static @Nullable JavaType unknownKind(
                DeserializationContext context, String pointer, TypeIdResolver ids) {
            if (!FOUND.isBound()) return null;
            var known = String.valueOf(ids.getDescForKnownTypeIds());
            found(
                    context,
                    pointer,
                    Sentence.of(
                            "validation.kind", "The kind is one of %s.", "allowed", known.replaceAll("[\\[\\]]", "")));
            return context.constructType(Void.class);
        }
    }
}
