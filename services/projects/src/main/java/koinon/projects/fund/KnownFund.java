package koinon.projects.fund;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// A fund as the funding service told of it.
///
/// @param funder id of the funder whose money it is
/// @param currency ISO 4217
/// @param ownCity the city whose own money it is; such a fund never pays that city
@Document("funds")
@CompoundIndex(name = "funder", def = "{'funder': 1}")
public record KnownFund(
        @Id String id,
        String funder,
        String name,
        String currency,
        @Nullable String ownCity) {}
