package koinon.http.constraint;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Digits;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Counts the digits of a number as a schema does: zeros behind its last decimal are none.
public final class DigitsOfValue implements ConstraintValidator<Digits, BigDecimal> {

    private int integer;
    private int fraction;

    @Override
    public void initialize(Digits constraint) {
        integer = constraint.integer();
        fraction = constraint.fraction();
    }

    @Override
    public boolean isValid(@Nullable BigDecimal number, ConstraintValidatorContext context) {
        if (number == null) return true;
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.scale() <= fraction && shortest.precision() - shortest.scale() <= integer;
    }
}
