package koinon.http.constraint;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One of a list of values that is made elsewhere; the description names them all. An absent text is valid.
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = OneOf.Check.class)
public @interface OneOf {

    /// Makes the list. It has a constructor without parameters.
    Class<? extends Supplier<? extends Collection<String>>> value();

    /// Empty: names all values.
    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /// Checks the constraint, and lists the values for the description.
    final class Check implements ConstraintValidator<OneOf, String> {

        private List<String> values = List.of();

        /// All values, in the order of the list.
        public static List<String> values(OneOf constraint) {
            try {
                var maker = constraint.value().getDeclaredConstructor();
                maker.setAccessible(true);
                return List.copyOf(maker.newInstance().get());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(constraint.value() + " makes no list.", e);
            }
        }

        @Override
        public void initialize(OneOf constraint) {
            values = values(constraint);
        }

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            if (text == null || values.contains(text)) return true;
            if (context.getDefaultConstraintMessageTemplate().isEmpty()) {
                context.disableDefaultConstraintViolation();
                context.buildConstraintViolationWithTemplate("One of " + String.join(", ", values) + " is expected.")
                        .addConstraintViolation();
            }
            return false;
        }
    }
}
