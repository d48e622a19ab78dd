package koinon.local;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import koinon.local.system.Terminal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Shows who can act in the demo, as the identity provider tells it to this machine.
record DemoPersons(String identity) {

    private record Person(String name, List<Mandate> mandates, String clientId, String secret) {}

    private record Mandate(String role, String scope) {}

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    void showOn(Terminal terminal) {
        List<Person> persons;
        try (var answer = URI.create(identity + "/demo-persons").toURL().openStream()) {
            persons = List.of(JSON.readValue(answer, Person[].class));
        } catch (IOException | JacksonException e) {
            terminal.say("  The identity provider does not name its demo persons: " + e.getMessage());
            return;
        }
        terminal.say("  Demo persons, each with a client and a secret for a token:");
        for (Person person : persons) {
            var mandates = person.mandates().stream()
                    .map(it -> it.role() + "@" + it.scope())
                    .toList();
            terminal.say("    " + pad(person.name(), 26) + pad(person.clientId(), 26) + pad(person.secret(), 46)
                    + String.join(", ", mandates));
        }
        terminal.say("    curl -u <client>:<secret> -d grant_type=client_credentials " + identity + "/oauth2/token");
    }

    private static String pad(String text, int width) {
        return text.length() < width ? text + " ".repeat(width - text.length()) : text + " ";
    }
}
