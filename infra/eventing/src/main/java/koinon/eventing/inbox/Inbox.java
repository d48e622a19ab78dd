package koinon.eventing.inbox;

import static java.util.Objects.requireNonNull;

import com.mongodb.MongoException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.model.EventEnvelope;
import koinon.eventing.model.EventTypes;
import koinon.eventing.trace.Trace;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.support.KafkaUtils;

/// Reads the records of a listener. Events of unknown types are skipped, and events that cannot be read or handled
/// are parked, so that no event stops its partition.
///
/// Every exception of the database or of Kafka is transient: it is passed to the container, which retries for ever.
public final class Inbox {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private final DeadLetters letters;

    Inbox(DeadLetters letters) {
        this.letters = letters;
    }

    /// An event that was read, with its envelope.
    public record Event<E>(E event, EventEnvelope envelope) {}

    /// Reads one record; the handler is called when `events` has a record for its type.
    public <E> void read(ConsumerRecord<String, byte[]> record, Class<E> events, BiConsumer<E, EventEnvelope> handler) {
        readAll(
                List.of(record),
                events,
                list -> list.forEach(it -> {
                    try (var _ = Trace.logged(record)) {
                        handler.accept(it.event(), it.envelope());
                        LOG.debug(
                                "event=consumer.handled type={}",
                                it.event().getClass().getSimpleName());
                    }
                }));
    }

    /// Reads the records of one poll and hands over at once all that `events` has a record for, up to one that
    /// cannot be read: what came before it is handled before it is parked, and what follows it afterwards.
    public <E> void readAll(
            List<ConsumerRecord<String, byte[]>> records, Class<E> events, Consumer<List<Event<E>>> handler) {
        String consumer = requireNonNull(KafkaUtils.getConsumerGroupId(), "Only a listener reads.");
        Map<ConsumerRecord<String, byte[]>, Event<E>> read = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                open(consumer, record, events).ifPresent(it -> read.put(record, it));
            } catch (ReceivedEvent.Unreadable e) {
                if (letters.isReplaying()) throw e;
                hand(consumer, read, events, handler);
                read.clear();
                park(consumer, record, e);
            }
        }
        hand(consumer, read, events, handler);
    }

    private <E> Optional<Event<E>> open(String consumer, ConsumerRecord<String, byte[]> record, Class<E> events) {
        ReceivedEvent message = ReceivedEvent.of(record);
        if (EventTypes.find(events, message.type()).isEmpty()) return Optional.empty();
        if (letters.enqueueIfParked(consumer, message.envelope().subject(), record)) return Optional.empty();
        return message.event(events).map(it -> new Event<>(it, message.envelope()));
    }

    private <E> void hand(
            String consumer,
            Map<ConsumerRecord<String, byte[]>, Event<E>> read,
            Class<E> events,
            Consumer<List<Event<E>>> handler) {
        if (read.isEmpty()) return;
        try {
            handler.accept(List.copyOf(read.values()));
        } catch (RuntimeException e) {
            if (isTransient(e) || letters.isReplaying()) throw e;
            if (read.size() == 1) park(consumer, read.keySet().iterator().next(), e);
            // Once one of them is parked, what follows of the same aggregate is too.
            else
                for (ConsumerRecord<String, byte[]> it : List.copyOf(read.keySet()))
                    readAll(List.of(it), events, handler);
        }
    }

    private void park(String consumer, ConsumerRecord<String, byte[]> record, RuntimeException cause) {
        String reason =
                cause instanceof ReceivedEvent.Unreadable ? String.valueOf(cause.getMessage()) : cause.toString();
        letters.park(consumer, record, reason);
        try (var _ = Trace.logged(record)) {
            LOG.error(
                    "event=consumer.parked consumer={} topic={} partition={} offset={} subject={} cause=\"{}\"",
                    consumer,
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    DeadLetters.subjectOf(record),
                    reason);
        }
    }

    private static boolean isTransient(@Nullable Throwable failure) {
        for (Throwable it = failure; it != null; it = it.getCause())
            if (it instanceof DataAccessException
                    || it instanceof MongoException
                    || it instanceof KafkaException
                    || it instanceof RequestRejected) return true;
        return false;
    }
}
