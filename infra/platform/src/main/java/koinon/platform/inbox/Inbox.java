package koinon.platform.inbox;

import static java.util.Objects.requireNonNull;

import com.mongodb.MongoException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import koinon.platform.document.Refused;
import koinon.platform.model.EventTypes;
import koinon.platform.model.Heard;
import koinon.platform.trace.Trace;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.support.KafkaUtils;

/// What a listener hands its records to. It reads the events that the listener knows, passes by all others, and sets
/// aside what cannot be read or handled, so that one bad event never stops a partition.
///
/// Whatever the database or Kafka throws is transient: it goes on to the container, which waits and tries again for
/// ever.
public final class Inbox {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private final DeadLetters letters;

    Inbox(DeadLetters letters) {
        this.letters = letters;
    }

    /// An event that was read, with its envelope.
    public record Event<E>(E event, Heard heard) {}

    /// Reads one record; the handler is called when `events` has a record for its type.
    public <E> void read(ConsumerRecord<String, byte[]> record, Class<E> events, BiConsumer<E, Heard> handler) {
        readAll(
                List.of(record),
                events,
                list -> list.forEach(it -> {
                    try (var _ = Trace.logged(record)) {
                        handler.accept(it.event(), it.heard());
                        LOG.debug("{} was heard", it.event().getClass().getSimpleName());
                    }
                }));
    }

    /// Reads the records of one poll and hands over at once all that `events` has a record for, up to one that cannot
    /// be read: what came before it is handled before it is set aside, and what follows it afterwards.
    public <E> void readAll(
            List<ConsumerRecord<String, byte[]>> records, Class<E> events, Consumer<List<Event<E>>> handler) {
        String consumer = requireNonNull(KafkaUtils.getConsumerGroupId(), "Only a listener reads.");
        Map<ConsumerRecord<String, byte[]>, Event<E>> read = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                open(consumer, record, events).ifPresent(it -> read.put(record, it));
            } catch (Message.Unreadable e) {
                if (letters.isReplaying()) throw e;
                hand(consumer, read, events, handler);
                read.clear();
                setAside(consumer, record, e);
            }
        }
        hand(consumer, read, events, handler);
    }

    private <E> Optional<Event<E>> open(String consumer, ConsumerRecord<String, byte[]> record, Class<E> events) {
        Message message = Message.of(record);
        if (EventTypes.find(events, message.type()).isEmpty()) return Optional.empty();
        if (letters.follows(consumer, message.heard().subject(), record)) return Optional.empty();
        return message.event(events).map(it -> new Event<>(it, message.heard()));
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
            if (read.size() == 1) setAside(consumer, read.keySet().iterator().next(), e);
            // Once one of them is set aside, what follows of the same aggregate is too.
            else
                for (ConsumerRecord<String, byte[]> it : List.copyOf(read.keySet()))
                    readAll(List.of(it), events, handler);
        }
    }

    private void setAside(String consumer, ConsumerRecord<String, byte[]> record, RuntimeException cause) {
        String reason = cause instanceof Message.Unreadable ? String.valueOf(cause.getMessage()) : cause.toString();
        letters.setAside(consumer, record, reason);
        try (var _ = Trace.logged(record)) {
            LOG.error(
                    "Set aside for {}: {}/{}/{} of {}: {}",
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
                    || it instanceof Refused) return true;
        return false;
    }
}
