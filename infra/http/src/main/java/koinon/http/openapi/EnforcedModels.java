package koinon.http.openapi;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import koinon.eventing.value.OfKind;
import koinon.http.constraint.Formats;
import koinon.http.constraint.MultiLine;
import koinon.http.constraint.OneOf;
import org.jspecify.annotations.Nullable;

/// Describes what bean validation enforces: a text that must not be blank has a character that is no space, a
/// pattern is that of the whole text (in a schema it may match anywhere) or a list of words, and decimals are
/// limited. What is [OfKind] is one of its kinds. swagger-core describes none of these.
final class EnforcedModels extends ModelResolver {

    private static final java.util.regex.Pattern ALTERNATIVES =
            java.util.regex.Pattern.compile("[a-z0-9-]+([|][a-z0-9-]+)+");

    EnforcedModels(com.fasterxml.jackson.databind.ObjectMapper json) {
        super(json, new SchemaNames());
    }

    @Override
    @SuppressWarnings("rawtypes") // the model returns a raw schema
    public @Nullable Schema resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> next) {
        Class<?> raw = _mapper.constructType(type.getType()).getRawClass();
        return raw.isSealed() && OfKind.class.isAssignableFrom(raw)
                ? kinds(raw, context)
                : super.resolve(type, context, next);
    }

    /// One of the records of a sealed interface, each with its kind.
    private static Schema<?> kinds(Class<?> type, ModelConverterContext context) {
        Schema<?> any = new Schema<>();
        Discriminator discriminator = new Discriminator().propertyName(OfKind.KIND);
        OfKind.kinds(type).forEach((kind, record) -> {
            Schema<?> reference = context.resolve(new AnnotatedType(record).resolveAsRef(true));
            String name = reference.get$ref();
            describe(
                    requireNonNull(context.getDefinedModels().get(name.substring(name.lastIndexOf('/') + 1))),
                    kind,
                    record);
            any.addOneOfItem(reference);
            discriminator.mapping(kind, name);
        });
        any.setDiscriminator(discriminator);
        return any;
    }

    private static void describe(Schema<?> schema, String kind, Class<?> record) {
        schema.addProperty(OfKind.KIND, new StringSchema().addEnumItem(kind).types(Set.of("string")));
        schema.addRequiredItem(OfKind.KIND);
        for (RecordComponent it : record.getRecordComponents()) {
            if (it.getType() == BigDecimal.class) schema.addProperty(it.getName(), decimal());
            if (Number.class.isAssignableFrom(it.getType()))
                requireNonNull(schema.getProperties().get(it.getName())).setMinimum(BigDecimal.ZERO);
            if (!it.getAnnotatedType().isAnnotationPresent(Nullable.class)) schema.addRequiredItem(it.getName());
        }
    }

    /// A number, or the same as text.
    private static Schema<?> decimal() {
        return new Schema<>()
                .types(new LinkedHashSet<>(List.of("number", "string")))
                .pattern(Formats.DECIMAL);
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    protected boolean applyBeanValidatorAnnotations(
            Schema property, Annotation @Nullable [] annotations, Schema parent, boolean notNull) {
        boolean changed = super.applyBeanValidatorAnnotations(property, annotations, parent, notNull);
        if (annotations == null) return changed;
        boolean severalLines = Arrays.stream(annotations).anyMatch(MultiLine.class::isInstance);
        if (severalLines) property.setPattern(Formats.LINES);
        for (Annotation it : annotations) {
            switch (it) {
                case Pattern pattern
                when ALTERNATIVES.matcher(pattern.regexp()).matches() -> {
                    property.setEnum(List.of(pattern.regexp().split("[|]", -1)));
                    property.setPattern(null);
                }
                case Pattern pattern -> property.setPattern("^(?:" + pattern.regexp() + ")$");
                case OneOf list -> property.setEnum(OneOf.Check.values(list));
                case Digits digits -> property.setMultipleOf(BigDecimal.ONE.movePointLeft(digits.fraction()));
                case Positive _ when property.get$ref() != null -> property.addProperty("amount", notZero());
                case NotBlank _ -> {
                    if (property.getMinLength() == null || property.getMinLength() < 1) property.setMinLength(1);
                    if (severalLines) property.setPattern(Formats.LINES_NOT_BLANK);
                    else if (property.getPattern() == null) property.setPattern(Formats.LINE_NOT_BLANK);
                }
                default -> {}
            }
        }
        if (property.getEnum() != null) property.setMinLength(null);
        return changed;
    }

    private static Schema<?> notZero() {
        Schema<?> amount = new Schema<>();
        amount.setPattern("[1-9]");
        return amount;
    }
}
