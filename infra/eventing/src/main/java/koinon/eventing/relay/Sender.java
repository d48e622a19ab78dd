package koinon.eventing.relay;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends records with a producer, which is replaced when it fails.
///
/// A producer retries without end. If it fails a record all the same, it is closed at once with all records that it
/// holds, so that no later record of an aggregate overtakes the failed one. A producer with a fatal error is
/// replaced in the same way.
final class Sender {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    private final Supplier<Producer<String, byte[]>> producers;
    private @Nullable ProducerSlot current;
    private boolean closed;

    /// A producer until it is replaced.
    private static final class ProducerSlot {

        private final Producer<String, byte[]> producer;
        private volatile boolean givenUp;

        ProducerSlot(Producer<String, byte[]> producer) {
            this.producer = producer;
        }

        /// Called by the producer's own thread too, so it takes no lock.
        void giveUp(Exception failure) {
            if (givenUp) return;
            givenUp = true;
            LOG.warn("event=producer.replaced cause=\"{}\"", failure.toString());
            producer.close(Duration.ZERO);
        }
    }

    /// @param producers creates a producer that retries without end
    Sender(Supplier<Producer<String, byte[]>> producers) {
        this.producers = producers;
    }

    /// Hands a record to the producer. May block while the producer's buffer is full or the topic is not known.
    ///
    /// @param stopped asked once the producer is chosen: whether an earlier record of the aggregate was not sent
    /// @param answered receives null when the broker has the record, else the failure
    void send(ProducerRecord<String, byte[]> record, BooleanSupplier stopped, Consumer<@Nullable Exception> answered) {
        ProducerSlot slot;
        try {
            slot = current();
        } catch (RuntimeException e) {
            answered.accept(e);
            return;
        }
        // All that the producer before this one held is answered by now.
        if (stopped.getAsBoolean()) {
            answered.accept(new IllegalStateException("one before it was not sent"));
            return;
        }
        Thread caller = Thread.currentThread();
        try {
            var _ = slot.producer.send(record, (_, failure) -> {
                boolean taken = Thread.currentThread() != caller;
                if (failure != null && (taken || !(failure instanceof RetriableException))) slot.giveUp(failure);
                answered.accept(failure);
            });
        } catch (RuntimeException e) {
            slot.giveUp(e);
            answered.accept(e);
        }
    }

    private synchronized ProducerSlot current() {
        if (closed) throw new IllegalStateException("the relay has stopped");
        @Nullable ProducerSlot now = current;
        if (now != null && now.givenUp) {
            // Waits until all that it held is answered.
            now.producer.close(Duration.ZERO);
            now = null;
        }
        if (now == null) now = new ProducerSlot(producers.get());
        current = now;
        return now;
    }

    /// Allows sending again after it was closed.
    synchronized void open() {
        closed = false;
    }

    /// Waits this long for records in flight; the others are answered as failed.
    synchronized void close(Duration patience) {
        closed = true;
        if (current != null) current.producer.close(patience);
        current = null;
    }
}
