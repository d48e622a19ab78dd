package koinon.platform.openapi;

import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.util.List;
import koinon.platform.constraint.Formats;
import koinon.platform.constraint.OneOf;
import org.jspecify.annotations.Nullable;

/// Describes what bean validation enforces: a text that must not be blank has a character that is no space, a pattern
/// is that of the whole text (in a schema it may match anywhere) or a list of words, and decimals are limited.
final class EnforcedModels extends ModelResolver {

    private static final java.util.regex.Pattern ALTERNATIVES =
            java.util.regex.Pattern.compile("[a-z0-9-]+([|][a-z0-9-]+)+");

    EnforcedModels(com.fasterxml.jackson.databind.ObjectMapper json) {
        super(json, new Names());
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    protected boolean applyBeanValidatorAnnotations(
            Schema property, Annotation @Nullable [] annotations, Schema parent, boolean notNull) {
        boolean changed = super.applyBeanValidatorAnnotations(property, annotations, parent, notNull);
        if (annotations == null) return changed;
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
                    if (property.getPattern() == null) property.setPattern(Formats.TEXT_NOT_BLANK);
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
