package koinon.eventing.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.TransientDataAccessResourceException;

@ExtendWith(OutputCaptureExtension.class)
class BackgroundWorkerTest {

    private static final Duration NO_PAUSE = Duration.ZERO;
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final AtomicInteger units = new AtomicInteger();
    private BackgroundWorker worker;

    private void start(BackgroundWorker.Work work) {
        worker = new BackgroundWorker("tested", work);
        worker.start();
    }

    @AfterEach
    void stop() {
        worker.stop();
    }

    @Test
    void it_repeats_its_work_until_it_is_stopped() {
        start(() -> {
            units.incrementAndGet();
            return NO_PAUSE;
        });
        await().until(() -> units.get() > 3);
        worker.stop();
        int then = units.get();

        assertThat(worker.isRunning()).isFalse();
        assertThat(units).hasValue(then);
    }

    @Test
    void a_pause_ends_when_it_is_stopped_and_it_can_be_started_again() {
        start(() -> {
            units.incrementAndGet();
            return FOR_EVER;
        });
        await().until(() -> units.get() == 1);
        worker.stop();
        worker.start();

        await().until(() -> units.get() == 2);
    }

    @Test
    void work_that_waits_is_interrupted_by_a_stop_without_a_word(CapturedOutput output) {
        var interrupted = new AtomicBoolean();
        start(() -> {
            units.incrementAndGet();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
                throw e;
            }
            return NO_PAUSE;
        });
        await().until(() -> units.get() == 1);
        worker.stop();

        assertThat(interrupted).isTrue();
        assertThat(units).hasValue(1);
        assertThat(output).doesNotContain("event=worker");
    }

    @Test
    void it_ends_by_itself_when_nothing_is_left_to_do() {
        start(() -> {
            units.incrementAndGet();
            return null;
        });
        await().until(() -> !worker.isRunning());

        assertThat(units).hasValue(1);
    }

    @Test
    void work_may_stop_its_own_worker() {
        start(() -> {
            units.incrementAndGet();
            worker.stop();
            return NO_PAUSE;
        });
        await().until(() -> !worker.isRunning());

        assertThat(units).hasValue(1);
    }

    @Test
    void it_goes_on_after_failures_and_logs_the_first_of_each_kind_and_the_end(CapturedOutput output) {
        start(() -> switch (units.incrementAndGet()) {
            case 1, 2 -> throw new TransientDataAccessResourceException("the database is away");
            case 3 -> throw new IllegalStateException("a mistake");
            default -> FOR_EVER;
        });
        await().until(() -> output.getOut().contains("event=worker.recovered worker=tested"));

        assertThat(output.getOut().split("the database is away", -1)).hasSize(2);
        assertThat(output)
                .contains("event=worker.failed worker=tested cause=\"")
                .contains("java.lang.IllegalStateException: a mistake\n\tat ");
    }
}
