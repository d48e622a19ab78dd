package koinon.testing.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koinon.testing.http.RawHttpClient;
import koinon.testing.openapi.EdgeValues;
import koinon.testing.openapi.OpenApi;
import koinon.testing.openapi.Operation;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;

/// Sends every operation what the schema of its body admits: it is not refused as input, except for what no schema
/// says.
public final class ValidBodies {

    private static final long SEED = 20260704;
    /// With one other value each.
    private static final int MOST_BODIES = Sample.most(100);

    /// Made up.
    private static final int WHOLE_BODIES = Sample.most(30);

    private static final int MOST_SHOWN = 20;
    private static final int LONGEST_SHOWN = 300;

    private final ValidRequests valid;
    private final OpenApi description;
    private final EdgeValues edges;

    public ValidBodies(ValidRequests valid, OpenApi description) {
        this.valid = valid;
        this.description = description;
        edges = new EdgeValues(description);
    }

    /// One test per operation that takes JSON.
    public Stream<DynamicTest> tests() {
        return description.operations().stream()
                .filter(it -> it.mediaType().equals("application/json"))
                .map(it -> DynamicTest.dynamicTest(it.name(), () -> {
                    List<String> refused = refused(it);
                    assertThat(refused.stream().limit(MOST_SHOWN))
                            .as("%d bodies that the schema admits are refused", refused.size())
                            .isEmpty();
                }));
    }

    private List<String> refused(Operation operation) {
        RawHttpClient.Request right = valid.request(operation);
        List<String> refused = new ArrayList<>();
        for (JsonNode body : bodies(operation)) {
            RawHttpClient.Answer answer = valid.send(right.sending(operation.mediaType(), body.toString()));
            if (answer.status() > 0 && answer.status() < 500 && answer.status() != 400) continue;
            if (answer.status() == 400 && BeyondSchema.explains(answer)) continue;
            String shown = body.toString();
            refused.add(answer + " <- "
                    + (shown.length() > LONGEST_SHOWN ? shown.substring(0, LONGEST_SHOWN) + "..." : shown));
        }
        return refused;
    }

    private Set<JsonNode> bodies(Operation operation) {
        JsonNode schema = operation.bodySchema();
        List<JsonNode> around = edges.around(OpenApi.JSON.readTree(valid.body(operation)), schema);
        var random = new Random(SEED);
        int step = Math.max(1, around.size() / MOST_BODIES);
        return Stream.concat(
                        IntStream.range(0, around.size())
                                .filter(it -> it % step == 0)
                                .mapToObj(around::get),
                        Stream.generate(() -> edges.any(schema, random)).limit(WHOLE_BODIES))
                .filter(it -> description.admits(schema, it.toString()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// Why a body may be refused as input although its schema admits it: what no schema can say, with the sentences
    /// that say it.
    private enum BeyondSchema {
        /// It relates two fields, or all items of a list.
        RELATION(
                "Latitude and longitude come together\\.",
                "UNESCO puts .*",
                "A call closes after it opens\\.",
                "Another tranche has this id\\.",
                "This fund is named twice\\.",
                "The shares add up to 1\\.",
                "Tranches are named where funds pay, and only there\\.",
                "Where no fund pays there is no officer to verify\\.",
                "Two milestones have the same id\\.",
                "It ends on the day it starts, or later\\.",
                "It changes nothing\\.",
                "What is brought in kind says who valued it\\.",
                "A milestone that is verified in part needs a reason\\.",
                "A gathering ends on its first day or later\\.",
                "A gathering lasts at most [0-9]+ days\\.",
                "The registration closes before the gathering ends\\.",
                "It ends after it starts\\.",
                "A time of the end needs one of the start\\.",
                "A delegation has at least one person; withdraw it instead\\.",
                "At least needs a number\\.",
                "A group has at least one country or one city\\.",
                ".* is named twice\\."),

        /// It has a grammar of its own: of links (RFC 3986), languages (BCP 47), media types (RFC 6838).
        GRAMMAR(
                "A link that begins with https:// is expected, .*",
                "A language tag of BCP 47 is expected, .*",
                "A media type such as application/pdf is expected\\."),

        /// A rule of a call judges its own parameters when it is made; the schema is made from their types alone.
        RULE(
                "It names .*",
                "Its min is above its max\\.",
                "A share lies between 0 and 1\\.",
                ".* is no state of a city\\.",
                "A country's two letters of ISO 3166-1, such as VN, are expected\\.",
                "One of Architecture, .* is expected\\."),

        /// It depends on what is known when the request comes: what was registered, and the world's time zones.
        KNOWLEDGE(
                "There is no (city|group|call|fund|time zone|gathering|idea) .*",
                "The gathering has no session .*",
                "This lies outside the gathering, .*",
                "The clocks in .* skip this time, .*",
                "A later deadline than .* is expected; it is never made earlier\\.",
                "There is no such funder\\.",
                "The (fund|call) is in [A-Z]{3}\\.",
                "The fund pays in [A-Z]{3}, the call is in [A-Z]{3}\\.",
                "This one has [0-9.]+ [A-Z]{3}\\. An amount of less than .*",
                "The payment was ordered in [A-Z]{3}\\.",
                "The call draws on no such fund\\.",
                ".* is not a partner of this proposal\\.",
                ".* is neither the lead nor one of the partners\\.",
                "A later day than [0-9-]+, when it is due, is expected\\.",
                "The project ends on [0-9-]+; its milestones are due by then\\."),

        /// It depends on the day of the request.
        TIME(
                "The network designates cities since 2004; the year is at most [0-9]{4}\\.",
                "A booking lies not in the future\\.",
                "The time to mend it lies ahead\\.",
                "This deadline has passed already; name a later one\\.",
                "That day has passed\\.");

        private final Pattern sentences;

        BeyondSchema(String... sentences) {
            this.sentences = Pattern.compile(String.join("|", sentences), Pattern.DOTALL);
        }

        /// Whether all that an answer names is beyond the schema.
        static boolean explains(RawHttpClient.Answer answer) {
            JsonNode violations = OpenApi.JSON.readTree(answer.body()).path("violations");
            return !violations.isEmpty()
                    && violations.values().stream()
                            .map(it -> it.path("detail").asString(""))
                            .allMatch(detail -> Arrays.stream(values())
                                    .anyMatch(it -> it.sentences.matcher(detail).matches()));
        }
    }
}
