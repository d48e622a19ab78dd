package koinon.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import koinon.local.system.Terminal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The persons of the demo, as the identity provider lists them for this machine.
record DemoPersons(String identity) {

    private record Person(String name, List<Mandate> mandates, String clientId, String secret) {}

    private record Mandate(String role, String scope) {}

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    void showOn(Terminal terminal) {
        List<Person> persons;
        try {
            persons = all();
        } catch (IOException | JacksonException e) {
            terminal.say("  The identity provider does not list its demo persons: " + e.getMessage());
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

    /// A token of the first person who holds a mandate.
    ///
    /// @param mandate `<role>@<scope>`
    /// @throws IOException when the provider cannot be reached, or no person holds the mandate
    String token(String mandate) throws IOException, InterruptedException {
        Person person = all().stream()
                .filter(it -> it.mandates().stream().anyMatch(held -> mandate.equals(held.role() + "@" + held.scope())))
                .findFirst()
                .orElseThrow(() -> new IOException("No demo person has the mandate " + mandate + "."));
        String client = person.clientId() + ":" + person.secret();
        HttpRequest request = HttpRequest.newBuilder(URI.create(identity + "/oauth2/token"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(client.getBytes(UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            String answer =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return JSON.readTree(answer).path("access_token").asString();
        }
    }

    private List<Person> all() throws IOException {
        try (var answer = URI.create(identity + "/demo-persons").toURL().openStream()) {
            return List.of(JSON.readValue(answer, Person[].class));
        }
    }

    private static String pad(String text, int width) {
        return text.length() < width ? text + " ".repeat(width - text.length()) : text + " ";
    }
}
