package koinon.cities.city;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import koinon.cities.country.Countries;
import koinon.cities.country.Countries.Country;
import koinon.cities.country.Region;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.rule.ValidationFailed.Violation;
import koinon.eventing.value.Texts;
import org.jspecify.annotations.Nullable;

/// The data of a city to be registered, from a request or a line of an import, with its validation.
///
/// @param country ISO 3166-1 alpha-2 code
/// @param region UNESCO's name of the region; required only for a country that UNESCO assigns to no region
/// @param qualifier which of several places of that name in that country it is
/// @param latitude decimal degrees north
/// @param longitude decimal degrees east
record Registration(
        @Nullable String name,
        @Nullable String country,
        @Nullable String region,
        @Nullable String qualifier,
        @Nullable BigDecimal latitude,
        @Nullable BigDecimal longitude) {

    static final int LONGEST_NAME = 120;
    static final int LONGEST_QUALIFIER = 60;

    static final String NO_COUNTRY = "A country's code of ISO 3166-1, such as VN, is expected.";

    /// Six decimals are about 10 cm, which is enough for a city.
    private static final int DECIMALS = 6;

    /// @throws ValidationFailed with every violation
    City.Facts facts(Countries countries) {
        List<Violation> wrong = new ArrayList<>();
        @Nullable String called = line("/name", name, LONGEST_NAME, wrong);
        @Nullable
        String qualified = qualifier == null || Texts.normal(qualifier).isEmpty()
                ? null
                : line("/qualifier", qualifier, LONGEST_QUALIFIER, wrong);
        @Nullable
        Country found = country == null ? null : countries.find(country).orElse(null);
        if (found == null) wrong.add(new Violation("/country", "validation.country", NO_COUNTRY));
        @Nullable Region in = found == null ? null : region(found, wrong);
        degrees("/latitude", latitude, 90, wrong);
        degrees("/longitude", longitude, 180, wrong);
        if ((latitude == null) != (longitude == null))
            wrong.add(new Violation(
                    latitude == null ? "/latitude" : "/longitude",
                    "city.coordinates",
                    "Latitude and longitude come together."));
        if (called == null || found == null || in == null || !wrong.isEmpty()) throw new ValidationFailed(wrong);
        return new City.Facts(called, found.code(), in, qualified, rounded(latitude), rounded(longitude));
    }

    private static @Nullable String line(String pointer, @Nullable String text, int most, List<Violation> wrong) {
        try {
            return Bounds.line(pointer, text, most);
        } catch (ValidationFailed it) {
            wrong.addAll(it.violations());
            return null;
        }
    }

    private @Nullable Region region(Country found, List<Violation> wrong) {
        @Nullable Region derived = found.region();
        if (region == null && derived == null)
            wrong.add(new Violation(
                    "/region",
                    "city.region-required",
                    "UNESCO puts %s in no region; name one of %s.",
                    "country",
                    found.name(),
                    "allowed",
                    Region.choice()));
        if (region == null) return derived;
        @Nullable Region named = Region.named(region).orElse(null);
        if (named == null)
            wrong.add(new Violation(
                    "/region", "validation.one-of", "One of %s is expected.", "allowed", Region.choice()));
        else if (derived != null && named != derived)
            wrong.add(new Violation(
                    "/region",
                    "city.region-differs",
                    "UNESCO puts %s in %s.",
                    "country",
                    found.name(),
                    "region",
                    derived.title()));
        return named;
    }

    private static void degrees(String pointer, @Nullable BigDecimal value, int most, List<Violation> wrong) {
        if (value != null && value.abs().compareTo(BigDecimal.valueOf(most)) > 0)
            wrong.add(new Violation(
                    pointer, "validation.degrees", "This lies between %s and %s degrees.", "min", -most, "max", most));
    }

    private static @Nullable BigDecimal rounded(@Nullable BigDecimal degrees) {
        return degrees == null || degrees.scale() <= DECIMALS
                ? degrees
                : degrees.setScale(DECIMALS, RoundingMode.HALF_EVEN);
    }
}
