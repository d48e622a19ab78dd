package koinon.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Somebody who acts in the demo, with what they may act as.
///
/// @param name shown to people; in the ID token of a login, never in an access token
public record Person(String name, List<Mandate> mandates) {

    public Person {
        mandates = List.copyOf(mandates);
    }

    /// The stable name under which tokens speak of the person with this key; nobody reads a person from it.
    static String subject(String key) {
        return UUID.nameUUIDFromBytes(("koinon/person/" + key).getBytes(UTF_8)).toString();
    }

    /// The mandates as a token carries them.
    List<Map<String, String>> claim(String key) {
        var claim = new ArrayList<Map<String, String>>();
        for (var mandate : mandates) claim.add(mandate.claim(key + "-" + (claim.size() + 1)));
        return claim;
    }

    /// That a person acts in a role for one city, one funder or the network, between two days.
    ///
    /// @param until the last day, or none
    /// @param substituteOf the key of the person who is stood in for
    public record Mandate(
            String role,
            String scope,
            LocalDate from,
            @Nullable LocalDate until,
            @Nullable String substituteOf) {

        private static final Pattern SCOPE = Pattern.compile("network|(city|funder)/[a-z0-9-]+");

        public Mandate {
            if (!SCOPE.matcher(scope).matches())
                throw new IllegalArgumentException("'%s' is no scope of a mandate.".formatted(scope));
        }

        private Map<String, String> claim(String id) {
            var claim = new LinkedHashMap<String, String>();
            claim.put("id", id);
            claim.put("role", role);
            claim.put("scope", scope);
            claim.put("from", from.toString());
            if (until != null) claim.put("until", until.toString());
            if (substituteOf != null) claim.put("substituteOf", subject(substituteOf));
            return claim;
        }
    }
}
