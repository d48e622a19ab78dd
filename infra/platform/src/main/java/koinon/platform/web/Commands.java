package koinon.platform.web;

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
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.platform.model.Invalid;
import koinon.platform.model.Invalid.Violation;
import koinon.platform.model.RuleBroken;
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
final class Commands extends JacksonJsonHttpMessageConverter {

    private static final ScopedValue<List<Violation>> FOUND = ScopedValue.newInstance();
    private static final int LONGEST_POINTER = 200;
    private final Validator validator;

    Commands(JsonMapper json, Validator validator) {
        super(json);
        this.validator = validator;
    }

    /// JSON and nothing that is written in it: a merge patch is not a command.
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
        if (body == null && found.isEmpty()) found.add(new Violation("", "A body is required here."));
        if (body == null || !found.isEmpty()) throw new Invalid(found);
        return body;
    }

    private static boolean isNamed(String pointer, Set<String> known) {
        return known.stream().anyMatch(it -> it.equals(pointer) || it.startsWith(pointer + "/"));
    }

    /// Notes what is wrong at the place that is being read; reading goes on.
    static void found(DeserializationContext context, String detail) {
        found(context, pointer(context.getParser()), detail);
    }

    static void found(DeserializationContext context, String pointer, String detail) {
        if (!FOUND.isBound()) throw MismatchedInputException.from(context.getParser(), Object.class, detail);
        FOUND.get().add(new Violation(shortened(pointer), detail));
    }

    /// How much was found so far.
    static int count() {
        return FOUND.isBound() ? FOUND.get().size() : 0;
    }

    static String pointer(@Nullable JsonParser json) {
        return json == null ? "" : json.streamReadContext().pathAsPointer().toString();
    }

    /// The pointer of a field that is being read, however deep the reader has gone into its value.
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
                .map(it -> new Violation(pointer(it.getPropertyPath()), it.getMessage()))
                .sorted(Comparator.comparing(Violation::pointer).thenComparing(Violation::detail))
                .toList();
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
            return new Violation("", "A body is required here, and it must be readable.");
        var pointer = json.getPath().stream()
                .map(it -> "/" + (it.getPropertyName() == null ? it.getIndex() : escaped(it.getPropertyName())))
                .collect(Collectors.joining());
        if (json instanceof MismatchedInputException mismatch) {
            var type = mismatch.getTargetType();
            return new Violation(shortened(pointer), type == null ? "This is not understood." : Scalars.expected(type));
        }
        var place = json.getLocation();
        return new Violation(
                shortened(pointer),
                place == null
                        ? "This is not well-formed JSON, or it is nested too deeply."
                        : "This is not well-formed JSON, near line %d, column %d."
                                .formatted(place.getLineNr(), place.getColumnNr()));
    }

    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String shortened(String pointer) {
        return pointer.length() <= LONGEST_POINTER ? pointer : pointer.substring(0, LONGEST_POINTER) + "...";
    }

    /// Notes what Jackson would stop at. Outside of a command it does nothing, and Jackson stops.
    static final class Noting extends DeserializationProblemHandler {

        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser json,
                ValueDeserializer<?> reader,
                Object type,
                String name) {
            if (!FOUND.isBound()) return false;
            found(context, pointer(json, name), "There is no such field here.");
            json.skipChildren();
            return true;
        }

        @Override
        public @Nullable Object handleUnexpectedToken(
                DeserializationContext context, JavaType type, JsonToken token, JsonParser json, String message) {
            if (!FOUND.isBound()) return NOT_HANDLED;
            found(context, pointer(json), Scalars.expected(type.getRawClass()));
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
                    type.isEnum()
                            ? "One of "
                                    + Stream.of(type.getEnumConstants())
                                            .map(String::valueOf)
                                            .collect(Collectors.joining(", "))
                                    + " is expected."
                            : Scalars.expected(type));
            return null;
        }

        /// A value that refuses to be made says why.
        @Override
        public @Nullable Object handleInstantiationProblem(
                DeserializationContext context, Class<?> type, @Nullable Object argument, Throwable thrown) {
            if (!FOUND.isBound()) return NOT_HANDLED;
            var at = pointer(context.getParser());
            var cause = thrown instanceof JacksonException wrapped && wrapped.getCause() != null
                    ? wrapped.getCause()
                    : thrown;
            switch (cause) {
                case Invalid it -> it.violations().forEach(one -> found(context, at + one.pointer(), one.detail()));
                case IllegalArgumentException it -> found(context, at, String.valueOf(it.getMessage()));
                case RuleBroken it -> throw it;
                // Something required is missing; where nothing else has been found, say so.
                case NullPointerException _ -> {
                    if (FOUND.get().isEmpty()) found(context, at, "Something is missing here.");
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
            return kind(context, ids);
        }

        @Override
        public @Nullable JavaType handleMissingTypeId(
                DeserializationContext context, JavaType base, TypeIdResolver ids, String message) {
            return kind(context, ids);
        }

        private static @Nullable JavaType kind(DeserializationContext context, TypeIdResolver ids) {
            if (!FOUND.isBound()) return null;
            var known = String.valueOf(ids.getDescForKnownTypeIds());
            found(context, "The kind is one of %s.".formatted(known.replaceAll("[\\[\\]]", "")));
            return context.constructType(Void.class);
        }
    }
}
