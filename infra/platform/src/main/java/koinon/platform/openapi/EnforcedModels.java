package koinon.platform.openapi;

import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;

/// Describes what bean validation enforces: a text that must not be blank has a character that is no space, and a
/// pattern is that of the whole text (in a schema it may match anywhere).
final class EnforcedModels extends ModelResolver {

    EnforcedModels(com.fasterxml.jackson.databind.ObjectMapper json) {
        super(json, new Names());
    }

    @Override
    @SuppressWarnings("rawtypes")
    protected boolean applyBeanValidatorAnnotations(
            Schema property, Annotation @Nullable [] annotations, Schema parent, boolean notNull) {
        boolean changed = super.applyBeanValidatorAnnotations(property, annotations, parent, notNull);
        if (annotations == null) return changed;
        for (Annotation it : annotations) {
            if (it instanceof Pattern pattern) property.setPattern("^(?:" + pattern.regexp() + ")$");
            if (it instanceof NotBlank) {
                if (property.getMinLength() == null || property.getMinLength() < 1) property.setMinLength(1);
                if (property.getPattern() == null) property.setPattern("\\S");
            }
        }
        return changed;
    }
}
