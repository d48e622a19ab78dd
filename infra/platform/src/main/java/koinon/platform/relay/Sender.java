package koinon.platform.relay;

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

/// The producer, and the next one when it gives up.
///
/// A producer retries without end. When it gives a record up all the same, it is closed at once with everything that
/// it still holds, so that no later record of the same aggregate overtakes the one that is to be sent again; a
/// producer that a fatal error has made useless is replaced in the same way.
final class Sender {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    private final Supplier<Producer<String, byte[]>> producers;
    private @Nullable Line current;
    private boolean closed;

    /// One producer, until it is given up.
    private static final class Line {

        private final Producer<String, byte[]> producer;
        private volatile boolean givenUp;

        Line(Producer<String, byte[]> producer) {
            this.producer = producer;
        }

        /// Called by the producer's own thread too, so it takes no lock.
        void giveUp(Exception failure) {
            if (givenUp) return;
            givenUp = true;
            LOG.warn("The producer is replaced: {}", failure.toString());
            producer.close(Duration.ZERO);
        }
    }

    /// @param producers makes a producer that never gives up by itself
    Sender(Supplier<Producer<String, byte[]>> producers) {
        this.producers = producers;
    }

    /// Hands a record on; may wait while the producer's buffer is full or the topic is not known.
    ///
    /// @param stopped asked once the producer is chosen: whether an earlier record of the aggregate was not sent
    /// @param answered hears that the broker has it, by null, or why not
    void send(ProducerRecord<String, byte[]> record, BooleanSupplier stopped, Consumer<@Nullable Exception> answered) {
        Line line;
        try {
            line = current();
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
            var _ = line.producer.send(record, (_, failure) -> {
                boolean taken = Thread.currentThread() != caller;
                if (failure != null && (taken || !(failure instanceof RetriableException))) line.giveUp(failure);
                answered.accept(failure);
            });
        } catch (RuntimeException e) {
            line.giveUp(e);
            answered.accept(e);
        }
    }

    private synchronized Line current() {
        if (closed) throw new IllegalStateException("the relay has stopped");
        @Nullable Line now = current;
        if (now != null && now.givenUp) {
            // Waits until all that it held is answered.
            now.producer.close(Duration.ZERO);
            now = null;
        }
        if (now == null) now = new Line(producers.get());
        current = now;
        return now;
    }

    /// Sends again after it was closed.
    synchronized void open() {
        closed = false;
    }

    /// Lets what is in flight arrive for this long; what does not is answered as failed.
    synchronized void close(Duration patience) {
        closed = true;
        if (current != null) current.producer.close(patience);
        current = null;
    }
}
