package koinon.identity;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// What this provider is told: its public address, where it keeps its key and secrets, and whom it knows.
///
/// @param issuer the address under which others know this provider; it stands in every token
/// @param tokenLifetime how long a token is accepted; nothing revokes one earlier
/// @param machines clients that act for a system and hold no mandate
/// @param persons demo persons by their key
@ConfigurationProperties("koinon.identity")
record Settings(
        String issuer, Path folder, Duration tokenLifetime, List<String> machines, Map<String, Person> persons) {

    Settings {
        machines = List.copyOf(machines);
        persons = Collections.unmodifiableMap(new TreeMap<>(persons));
        if (tokenLifetime.isZero() || tokenLifetime.isNegative())
            throw new IllegalArgumentException("koinon.identity.token-lifetime must be longer than nothing.");
        for (var machine : machines) {
            if (persons.containsKey(machine))
                throw new IllegalArgumentException("'%s' is both a machine and a person.".formatted(machine));
        }
    }
}
