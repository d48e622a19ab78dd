package koinon.projects.fund;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// A replica of a fund.
///
/// @param funder id of the funder
/// @param currency ISO 4217
/// @param ownCity the city that owns the money; the fund never pays it
@Document("funds")
@CompoundIndex(name = "funder", def = "{'funder': 1}")
public record KnownFund(
        @Id String id,
        String funder,
        String name,
        String currency,
        @Nullable String ownCity) {}
