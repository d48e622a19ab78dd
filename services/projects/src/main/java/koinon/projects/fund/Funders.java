package koinon.projects.fund;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Knows whose money a fund is, as far as it was heard.
@Component
public class Funders implements Function<String, @Nullable String> {

    private final KnownFunds funds;

    Funders(KnownFunds funds) {
        this.funds = funds;
    }

    @Override
    public @Nullable String apply(String fund) {
        return funds.findByIdIn(List.of(fund)).stream()
                .findFirst()
                .map(KnownFund::funder)
                .orElse(null);
    }
}
