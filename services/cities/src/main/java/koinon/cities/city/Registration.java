package koinon.cities.city;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import koinon.cities.country.Countries;
import koinon.cities.country.Countries.Country;
import koinon.cities.country.Region;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.rule.ValidationFailed.Violation;
import org.jspecify.annotations.Nullable;

/// The data of a city to be registered, from a request or a line of an import, with its validation.
///
/// @param country ISO 3166-1 alpha-2 code
/// @param region UNESCO's name of the region; required only for a country that UNESCO assigns to no region
/// @param latitude decimal degrees north
/// @param longitude decimal degrees east
record Registration(
        @Nullable String name,
        @Nullable String country,
        @Nullable String region,
        @Nullable BigDecimal latitude,
        @Nullable BigDecimal longitude) {

    static final int LONGEST_NAME = 120;

    static final String NO_COUNTRY = "A country's code of ISO 3166-1, such as VN, is expected.";
    static final String NO_NAME = "The name needs a letter of the Latin alphabet, for the city's address.";

    /// A name that is not empty after [City#folded]: it has a letter or digit with a Latin base.
    static final String NAME = "[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*"
            + "[0-9A-Za-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u0131\\u0134-\\u0137\\u0139-\\u013e\\u0141-\\u0148"
            + "\\u014c-\\u017e\\u01a0\\u01a1\\u01af\\u01b0\\u01cd-\\u01dc\\u01de-\\u01e3\\u01e6-\\u01ed\\u01f0\\u01f4"
            + "\\u01f5\\u01f8-\\u021b\\u021e\\u021f\\u0226-\\u0233\\u1e00-\\u1e99\\u1e9e\\u1ea0-\\u1ef9\\u212a\\u212b]"
            + "[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*";

    /// Six decimals are about 10 cm, which is enough for a city.
    private static final int DECIMALS = 6;

    /// @throws ValidationFailed with every violation
    City.Facts facts(Countries countries) {
        List<Violation> wrong = new ArrayList<>();
        String stripped = name == null ? "" : name.strip();
        if (stripped.isEmpty()) wrong.add(new Violation("/name", "validation.required", "This is required."));
        else if (stripped.codePointCount(0, stripped.length()) > LONGEST_NAME)
            wrong.add(new Violation(
                    "/name", "validation.name", "A name has at most %s characters.", "max", LONGEST_NAME));
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
        if (found == null || in == null || !wrong.isEmpty()) throw new ValidationFailed(wrong);
        return new City.Facts(stripped, found.code(), in, rounded(latitude), rounded(longitude));
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
