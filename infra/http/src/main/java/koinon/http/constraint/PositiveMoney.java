package koinon.http.constraint;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Positive;
import koinon.eventing.value.Money;
import org.jspecify.annotations.Nullable;

/// An amount of more than zero.
public final class PositiveMoney implements ConstraintValidator<Positive, Money> {

    @Override
    public boolean isValid(@Nullable Money money, ConstraintValidatorContext context) {
        return money == null || money.isPositive();
    }
}
