package koinon.platform.constraint;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Positive;
import koinon.platform.model.Money;
import org.jspecify.annotations.Nullable;

/// An amount of more than zero.
public final class PositiveMoney implements ConstraintValidator<Positive, Money> {

    @Override
    public boolean isValid(@Nullable Money money, ConstraintValidatorContext context) {
        return money == null || money.isPositive();
    }
}
