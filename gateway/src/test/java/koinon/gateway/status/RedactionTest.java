package koinon.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import koinon.eventing.model.Position;
import koinon.eventing.redaction.Redactions;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Contracts;
import koinon.gateway.topics.EventRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// No answer contains a redacted text, whichever of its copies it is, in whichever order the events come, and when
/// they come again.
class RedactionTest {

    private static final Contracts CONTRACTS = Contracts.published();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Whoever asks, the network too, which sees everything.
    private static String answers(List<EventRecord> messages) {
        return VisibilityTest.READERS.values().stream()
                .map(it -> VisibilityTest.answered(messages, it))
                .collect(Collectors.joining("\n"));
    }

    /// The story of [VisibilityTest] with a text of its own for each text that can be redacted; equal texts stay
    /// equal, as copies are.
    private static List<EventRecord> story(Set<String> texts) {
        Map<String, String> names = new LinkedHashMap<>();
        List<EventRecord> story = new ArrayList<>();
        for (EventRecord it : VisibilityTest.story()) {
            if (it.type().contains(".text-redacted.")) continue;
            JsonNode event = JSON.readTree(it.text());
            rename(event, redactable(it, event), names);
            story.add(copy(it, it.position().sequence(), JSON.writeValueAsString(event)));
        }
        texts.addAll(names.values());
        return numbered(story);
    }

    private static Set<String> redactable(EventRecord it, JsonNode event) {
        Set<String> digests = new LinkedHashSet<>();
        strings(event).forEach(text -> digests.add(Redactions.digest("all", text)));
        JsonNode redacted = JSON.readTree(CONTRACTS.redacted(it.type(), it.text(), new Redactions("all", digests)));
        Set<String> texts = new LinkedHashSet<>(strings(event));
        texts.removeAll(strings(redacted));
        return texts;
    }

    private static List<String> strings(JsonNode node) {
        List<String> strings = new ArrayList<>();
        if (node.isString()) strings.add(node.asString());
        node.forEach(it -> strings.addAll(strings(it)));
        return strings;
    }

    private static void rename(JsonNode node, Set<String> texts, Map<String, String> names) {
        if (node instanceof ObjectNode object)
            object.properties().forEach(it -> {
                String text = it.getValue().asString("");
                if (texts.contains(text))
                    it.setValue(StringNode.valueOf(
                            names.computeIfAbsent(text, _ -> "Secret " + (names.size() + 100) + ".")));
            });
        node.forEach(it -> rename(it, texts, names));
    }

    private static EventRecord copy(EventRecord it, long sequence, String text) {
        return new EventRecord(
                new Position(it.position().subject(), sequence),
                it.type(),
                it.at(),
                it.actor(),
                it.mandate(),
                it.cause(),
                it.change(),
                text,
                it.place(),
                it.offset());
    }

    /// Numbers the events of each aggregate without a gap.
    private static List<EventRecord> numbered(List<EventRecord> messages) {
        Map<String, Long> last = new LinkedHashMap<>();
        return messages.stream()
                .map(it -> copy(it, last.merge(it.position().subject(), 1L, Long::sum), it.text()))
                .toList();
    }

    private static List<EventRecord> redacting(List<EventRecord> messages, String subject, String text) {
        EventRecord last = messages.stream()
                .filter(it -> it.position().subject().equals(subject))
                .reduce((_, it) -> it)
                .orElseThrow();
        List<EventRecord> all = new ArrayList<>(messages);
        all.add(new EventRecord(
                new Position(subject, last.position().sequence() + 1),
                "koinon." + last.aggregate() + ".text-redacted.v1",
                last.at(),
                "secretariat",
                "secretariat@network",
                null,
                last.change(),
                "{\"digest\":\"" + Redactions.digest("p1", text) + "\",\"reason\":\"A name.\"}",
                last.place(),
                1_000));
        return all;
    }

    /// Another order of the same events, in which those of each aggregate stay in order.
    private static List<EventRecord> shuffled(List<EventRecord> messages, Random random) {
        Map<String, List<EventRecord>> left = new LinkedHashMap<>();
        messages.forEach(it -> left.computeIfAbsent(it.position().subject(), _ -> new ArrayList<>())
                .add(it));
        List<EventRecord> shuffled = new ArrayList<>();
        while (!left.isEmpty()) {
            String next = List.copyOf(left.keySet()).get(random.nextInt(left.size()));
            List<EventRecord> events = left.get(next);
            shuffled.add(events.removeFirst());
            if (events.isEmpty()) left.remove(next);
        }
        return shuffled;
    }

    @Test
    void no_answer_contains_a_redacted_text() {
        Set<String> texts = new TreeSet<>();
        List<EventRecord> story = story(texts);
        String before = answers(story);
        assertThat(texts)
                .hasSizeGreaterThan(15)
                .allSatisfy(it -> assertThat(before).contains(it));

        for (String text : texts)
            for (String subject : List.of("proposal/p1", "project/p1")) {
                List<EventRecord> redacted = redacting(story, subject, text);
                List<EventRecord> twice = new ArrayList<>(redacted);
                twice.addAll(redacted);
                List<EventRecord> other = shuffled(redacted, new Random(text.hashCode()));
                for (List<EventRecord> messages : List.of(redacted, twice, other))
                    assertThat(answers(messages)).as(text + " by " + subject).doesNotContain(text);
            }
    }

    @Test
    void a_redaction_changes_nothing_but_the_text() {
        Set<String> texts = new TreeSet<>();
        List<EventRecord> story = story(texts);
        String text = texts.iterator().next();
        Caller network = new Caller(Set.of(), true);

        String before = VisibilityTest.answered(redacting(story, "project/p1", "Nobody wrote it."), network);
        String after = VisibilityTest.answered(redacting(story, "project/p1", text), network);

        String other = Redactions.digest("p1", "Nobody wrote it.");
        assertThat(after.replace(Redactions.digest("p1", text), other))
                .isEqualTo(before.replace(text, Redactions.MARK));
    }
}
