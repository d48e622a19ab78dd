package koinon.identity;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What this provider is told: its public address, where it keeps its key and secrets, and whom it knows.
///
/// @param issuer the address under which others know this provider; it stands in every token
/// @param tokenLifetime how long a token is accepted; nothing revokes one earlier
/// @param requestTimeout how long a request may take to arrive as a whole
/// @param machines clients that act for a system and hold no mandate
/// @param auditors machines that read everything and change nothing
/// @param secrets of clients whose secret is given; an empty one is not
/// @param persons demo persons by their key
/// @param scopes the names of cities and funders, by the scope of a mandate
/// @param origins the addresses of the gateway at which people log in, `http://127.0.0.1:8080`
/// @param behindLoopback whether requests come through a port that is published on the loopback address only, so that
///     their own address says nothing
@ConfigurationProperties("koinon.identity")
public record Settings(
        String issuer,
        Path folder,
        Duration tokenLifetime,
        @DefaultValue("10s") Duration requestTimeout,
        List<String> machines,
        @DefaultValue List<String> auditors,
        @DefaultValue Map<String, String> secrets,
        Map<String, Person> persons,
        @DefaultValue Map<String, String> scopes,
        @DefaultValue List<String> origins,
        @DefaultValue("false") boolean behindLoopback) {

    public Settings {
        machines = List.copyOf(machines);
        auditors = List.copyOf(auditors);
        secrets = secrets.entrySet().stream()
                .filter(it -> !it.getValue().isEmpty())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        scopes = Map.copyOf(scopes);
        origins = List.copyOf(origins);
        persons = Collections.unmodifiableMap(new TreeMap<>(persons));
        if (tokenLifetime.isZero() || tokenLifetime.isNegative())
            throw new IllegalArgumentException("koinon.identity.token-lifetime must be longer than nothing.");
        for (var machine : Stream.concat(machines.stream(), auditors.stream()).toList()) {
            if (persons.containsKey(machine))
                throw new IllegalArgumentException("'%s' is both a machine and a person.".formatted(machine));
        }
    }
}
