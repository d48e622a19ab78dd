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
        return least <= size && size <= most;
    }
}
