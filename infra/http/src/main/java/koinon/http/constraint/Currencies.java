package koinon.http.constraint;

import java.util.List;
import java.util.function.Supplier;
import koinon.eventing.value.Money;

/// The currencies that people pay in.
public final class Currencies implements Supplier<List<String>> {

    public static final String NONE = "A currency of ISO 4217 that people pay in, such as EUR, is expected.";

    @Override
    public List<String> get() {
        return Money.payable();
    }
}
