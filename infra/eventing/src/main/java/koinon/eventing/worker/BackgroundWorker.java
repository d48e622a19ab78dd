package koinon.eventing.worker;

import com.mongodb.MongoException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/// A thread that repeats a unit of work until it is stopped.
///
/// A unit that fails is repeated after a pause, which doubles from 100 ms to a second while it fails. The first of
/// consecutive failures of one type is logged, with its stack unless database, broker or network explain it.
public final class BackgroundWorker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundWorker.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    /// How long a stop waits for the unit that runs. The thread is a daemon, so it cannot hold up the process.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String name;
    private final int phase;
    private final Work work;
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

    /// A unit of work. It is interrupted when the worker is stopped.
    @FunctionalInterface
    public interface Work {

        /// @return the pause before the next unit; null when nothing is left to do
        @Nullable
        Duration run() throws Exception;
    }

    /// @param name of the thread, and of the worker in log lines
    public BackgroundWorker(String name, Work work) {
        this(name, DEFAULT_PHASE, work);
    }

    /// @param phase when Spring starts and stops it
    public BackgroundWorker(String name, int phase, Work work) {
        this.name = name;
        this.phase = phase;
        this.work = work;
    }

    private void repeat() {
        @Nullable Exception last = null;
        Duration backOff = FIRST_PAUSE;
        while (isCurrent()) {
            @Nullable Duration pause;
            try {
                pause = work.run();
                if (last != null) LOG.info("event=worker.recovered worker={}", name);
                last = null;
                backOff = FIRST_PAUSE;
            } catch (Exception e) {
                if (!isCurrent()) return;
                if (last == null || !last.getClass().equals(e.getClass())) log(e);
                last = e;
                pause = backOff;
                backOff =
                        LONGEST_PAUSE.compareTo(backOff.multipliedBy(2)) < 0 ? LONGEST_PAUSE : backOff.multipliedBy(2);
            }
            if (pause == null) thread.compareAndSet(Thread.currentThread(), null);
            else sleep(pause);
        }
    }

    /// A worker that was stopped and started again has another thread.
    private boolean isCurrent() {
        return Thread.currentThread() == thread.get();
    }

    private void log(Exception e) {
        boolean isExplained = e instanceof MongoException
                || e instanceof DataAccessException
                || e instanceof KafkaException
                || e instanceof IOException;
        if (isExplained) LOG.warn("event=worker.failed worker={} cause=\"{}\"", name, e.toString());
        else LOG.error("event=worker.failed worker={} cause=\"{}\"", name, e.toString(), e);
    }

    private static void sleep(Duration pause) {
        if (pause.isZero()) return;
        try {
            Thread.sleep(pause);
        } catch (InterruptedException _) {
            // Only a stop interrupts, and then the thread is no longer the current one.
        }
    }

    @Override
    public void start() {
        Thread next = Thread.ofPlatform().daemon().name(name).unstarted(this::repeat);
        if (thread.compareAndSet(null, next)) next.start();
    }

    @Override
    public void stop() {
        @Nullable Thread last = thread.getAndSet(null);
        if (last == null || last == Thread.currentThread()) return;
        last.interrupt();
        try {
            last.join(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread.get() != null;
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
