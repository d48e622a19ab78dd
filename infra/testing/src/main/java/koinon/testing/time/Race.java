package koinon.testing.time;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Lets several do something at the same moment.
public final class Race {

    private Race() {}

    /// What one of them does.
    @FunctionalInterface
    public interface Runner<R> {

        /// @param number from 0
        R run(int number) throws Exception;
    }

    /// What each of them got, by number, once all have it.
    public static <R> List<R> of(int runners, Runner<R> runner) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> running = new ArrayList<>();
            for (int n = 0; n < runners; n++) {
                int number = n;
                running.add(threads.submit(() -> {
                    start.await();
                    return runner.run(number);
                }));
            }
            start.countDown();
            List<R> results = new ArrayList<>();
            for (Future<R> it : running) results.add(it.get());
            return results;
        }
    }
}
