package koinon.http.constraint;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Size;
import koinon.eventing.value.Texts;
import org.jspecify.annotations.Nullable;

/// Counts the characters of a text as a schema does ([Texts#length]).
public final class SizeInCharacters implements ConstraintValidator<Size, String> {

    private int least;
    private int most = Integer.MAX_VALUE;

    @Override
    public void initialize(Size constraint) {
        least = constraint.min();
        most = constraint.max();
    }

    @Override
    public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
        if (text == null) return true;
        int size = Texts.length(text);
        if (least <= size && size <= most) return true;
        context.disableDefaultConstraintViolation();
        String bound = size > most ? "At most {max} characters are allowed" : "At least {min} characters are required";
        context.buildConstraintViolationWithTemplate(bound + ", and these are " + size + ".")
                .addConstraintViolation();
        return false;
    }
}
