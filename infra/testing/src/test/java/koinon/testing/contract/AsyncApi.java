package koinon.testing.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/// The published language as one AsyncAPI 3.0 document, written from the contract files.
final class AsyncApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FIRST_LINES = """
            # Written from the contract files beside it by PublishedLanguageTest of infra/testing; do not edit.
            # ./mvnw -pl infra/testing -am test -Dtest=PublishedLanguageTest -Dcontracts.write=true
            """;

    private AsyncApi() {}

    static String of(List<Contract> contracts) {
        Map<String, List<Contract>> services =
                contracts.stream().collect(Collectors.groupingBy(Contract::service, TreeMap::new, Collectors.toList()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("asyncapi", "3.0.0");
        document.put(
                "info",
                ordered(
                        "title", "Koinon: the events",
                        "version", "1.0.0",
                        "description",
                                "What happens in a network of cities, as CloudEvents 1.0 in Kafka's binary mode. "
                                        + "One topic per service, the key is the id of the aggregate, topics keep "
                                        + "everything. Readers ignore unknown types and unknown fields."));
        document.put("defaultContentType", "application/json");
        document.put("channels", each(services, (service, it) -> channel(service, it)));
        document.put(
                "operations",
                services.keySet().stream()
                        .collect(Collectors.toMap(
                                it -> "publish-" + it,
                                it -> ordered("action", "send", "channel", ref("channels", topic(it))),
                                (one, _) -> one,
                                LinkedHashMap::new)));
        Map<String, Object> messages = new LinkedHashMap<>();
        contracts.forEach(it -> messages.put(it.type(), message(it)));
        document.put("components", ordered("messages", messages, "schemas", ordered("envelope", envelope())));
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setWidth(110);
        options.setSplitLines(true);
        options.setLineBreak(DumperOptions.LineBreak.UNIX);
        return FIRST_LINES + new Yaml(options).dump(document);
    }

    private static Object channel(String service, List<Contract> contracts) {
        Map<String, Object> messages = new LinkedHashMap<>();
        contracts.forEach(it -> messages.put(it.type(), ref("components/messages", it.type())));
        return ordered(
                "address",
                topic(service),
                "title",
                "Everything that happened in " + service,
                "messages",
                messages,
                "bindings",
                ordered(
                        "kafka",
                        ordered(
                                "topic",
                                topic(service),
                                "partitions",
                                12,
                                "topicConfiguration",
                                ordered("retention.ms", -1, "retention.bytes", -1),
                                "bindingVersion",
                                "0.5.0")));
    }

    private static Object message(Contract contract) {
        return ordered(
                "name",
                contract.type(),
                "title",
                contract.schema().path("title").asString(),
                "summary",
                contract.schema().path("description").asString(),
                "contentType",
                "application/json",
                "headers",
                ref("components/schemas", "envelope"),
                "payload",
                ordered(
                        "schemaFormat",
                        "application/schema+json;version=draft-2020-12",
                        "schema",
                        ordered("$ref", "./" + contract.service() + "/" + contract.type() + ".json")),
                "bindings",
                ordered("kafka", ordered("key", ordered("type", "string"), "bindingVersion", "0.5.0")),
                "examples",
                List.of(ordered("payload", JSON.readValue(contract.examples().getLast(), Object.class))),
                "x-audience",
                contract.schema().path("x-audience").asString());
    }

    private static Object envelope() {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", ordered("type", "string", "const", "1.0"));
        headers.put("ce_id", header("<aggregate>/<id>/<sequence>: the event's place, and its identity for ever."));
        headers.put("ce_source", header("/koinon/<service>"));
        headers.put("ce_subject", header("<aggregate>/<id>: whose event it is."));
        headers.put("ce_type", header("koinon.<aggregate>.<event>.v<n>"));
        headers.put("ce_time", header("When it happened, ISO 8601 in UTC; never before the one before."));
        headers.put("ce_sequence", header("The event's number in the life of its aggregate, from 1."));
        headers.put("ce_actor", header("Id of the person, or system:<service> for what followed by itself."));
        headers.put(
                "ce_mandate", header("<mandate id>:<role>@<scope> that the actor acted under; absent for the system."));
        headers.put("ce_on_behalf_of", header("Id of the person whom the actor stood in for; absent otherwise."));
        headers.put("ce_state", header("The state of the aggregate after this event; absent where it has none."));
        headers.put(
                "ce_parts",
                header("The states of the parts that it changed, <kind>/<id>=<state>, sorted and joined by commas;"
                        + " nothing after the sign for a part that is no longer there."));
        headers.put(
                "ce_sums",
                header("Sums of money that follow from the state, <name>=<amount> <currency>, joined by commas."));
        headers.put(
                "ce_next",
                header("What can be done next, as JSON: action, right, subject, sentence, moments, needs, who is kept"
                        + " out. Never public."));
        headers.put("ce_cause", header("ce_id of the event that was heard; absent for a command."));
        headers.put(
                "ce_previous",
                header("base64url SHA-256 over the ce_* headers of the aggregate's event before, sorted, each as "
                        + "name=value and a line feed, then the SHA-256 of its value; absent at sequence 1."));
        headers.put("traceparent", header("The trace that it belongs to, W3C form."));
        headers.put("content-type", ordered("type", "string", "const", "application/json"));
        return ordered(
                "type",
                "object",
                "required",
                List.of(
                        "ce_specversion",
                        "ce_id",
                        "ce_source",
                        "ce_subject",
                        "ce_type",
                        "ce_time",
                        "ce_sequence",
                        "ce_actor",
                        "content-type"),
                "properties",
                headers);
    }

    private static Object header(String description) {
        return ordered("type", "string", "description", description);
    }

    private static String topic(String service) {
        return "koinon." + service;
    }

    private static Map<String, Object> ref(String where, String name) {
        return ordered("$ref", "#/" + where + "/" + name);
    }

    private interface Part {
        Object of(String service, List<Contract> contracts);
    }

    private static Map<String, Object> each(Map<String, List<Contract>> services, Part part) {
        Map<String, Object> parts = new LinkedHashMap<>();
        services.forEach((service, contracts) -> parts.put(topic(service), part.of(service, contracts)));
        return parts;
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        return map;
    }
}
