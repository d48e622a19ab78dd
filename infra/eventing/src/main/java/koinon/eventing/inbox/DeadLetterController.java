package koinon.eventing.inbox;

import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Right;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.AcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.KafkaUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Lists parked events for operators, and replays them.
@Tag(name = "operations", description = "At the service's own port, not through the gateway.")
@RestController
@RequestMapping("/operations/dead-letters")
class DeadLetterController {

    private static final int PAGE = 100;

    private final DeadLetters letters;
    private final KafkaListenerEndpointRegistry listeners;
    private final Right operator;

    /// @param operator the mandate that operates the service
    DeadLetterController(DeadLetters letters, KafkaListenerEndpointRegistry listeners, Right operator) {
        this.letters = letters;
        this.listeners = listeners;
        this.operator = operator;
    }

    record Letter(String id, String consumer, String subject, Map<String, String> headers, String reason, Instant at) {

        static Letter of(DeadLetter it) {
            Map<String, String> headers = new TreeMap<>();
            it.headers().forEach((name, value) -> headers.put(name, new String(value, StandardCharsets.UTF_8)));
            return new Letter(it.id(), it.consumer(), it.subject(), headers, it.reason(), it.at());
        }
    }

    /// @param next pass as `after` for what follows; absent at the end
    record Letters(List<Letter> items, @Nullable String next) {}

    @GetMapping
    Letters list(
            Actor by,
            @RequestParam(required = false) @Nullable String consumer,
            @RequestParam(required = false) @Nullable String after) {
        var _ = by.as(operator);
        String question = (consumer == null ? "" : consumer) + ":";
        if (after != null && !after.startsWith(question))
            throw new ValidationFailed(
                    "after", "validation.next-of-letters", "This is not the 'next' of a page of these letters.");
        @Nullable String last = after == null ? null : after.substring(question.length());
        List<Letter> found =
                letters.list(consumer, last, PAGE).stream().map(Letter::of).toList();
        return new Letters(
                found, found.size() < PAGE ? null : question + found.getLast().id());
    }

    /// Which aggregate to replay for which consumer.
    record Replay(
            @NotBlank @Size(max = 200) String consumer,
            @NotBlank @Size(max = 200) String subject) {}

    /// @param handled how many events were handled
    record Done(int handled) {}

    @PostMapping("/replay")
    Done replay(Actor by, @Valid @RequestBody Replay replay) {
        var _ = by.as(operator);
        MessageListenerContainer container = listeners.getAllListenerContainers().stream()
                .filter(it -> replay.consumer().equals(it.getGroupId()))
                .findFirst()
                .orElseThrow(RequestRejected.NotFound::new);
        DeadLetters.Replayed replayed =
                letters.replay(replay.consumer(), replay.subject(), it -> hand(container, replay.consumer(), it));
        if (replayed.failed() != null)
            throw new RuleViolation(
                    "still-unreadable",
                    "%s were handled; then %s failed again.",
                    "handled",
                    replayed.handled(),
                    "failed",
                    replayed.failed().id());
        return new Done(replayed.handled());
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // a listener that takes neither gets neither
    private static void hand(MessageListenerContainer container, String consumer, ConsumerRecord<String, byte[]> it) {
        Object listener = container.getContainerProperties().getMessageListener();
        KafkaUtils.setConsumerGroupId(consumer);
        try {
            if (listener instanceof BatchAcknowledgingConsumerAwareMessageListener<?, ?> batch)
                ((BatchAcknowledgingConsumerAwareMessageListener<String, byte[]>) batch)
                        .onMessage(List.of(it), null, null);
            else ((AcknowledgingConsumerAwareMessageListener<String, byte[]>) listener).onMessage(it, null, null);
        } finally {
            KafkaUtils.clearConsumerGroupId();
        }
    }
}
