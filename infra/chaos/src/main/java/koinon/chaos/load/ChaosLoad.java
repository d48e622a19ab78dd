package koinon.chaos.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.Unexpected;
import koinon.demo.steps.City;

/// Editors of all cities, officers of two funders, the secretariat, and two projects at a time that are played from
/// their draft to the first payment, until it is enough.
///
/// They pause between two things: a load that takes all that the processors give shows what a start takes without
/// any, and not what a fault does.
public final class ChaosLoad implements AutoCloseable {

    private static final long ENDING_SECONDS = 600;
    static final Duration PAUSE = Duration.ofMillis(600);

    private final Journal journal;
    private final int commands;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<CompletableFuture<Void>> working = new ArrayList<>();
    private final List<String> projects = new ArrayList<>();
    private final AtomicInteger paid = new AtomicInteger();
    private volatile boolean enough;

    /// Somebody who does one thing after another.
    @FunctionalInterface
    interface Worker {
        void work(int number) throws InterruptedException;
    }

    private ChaosLoad(Journal journal, int commands) {
        this.journal = journal;
        this.commands = commands;
    }

    /// @param commands how many are to be acknowledged at least
    public static ChaosLoad start(RunningKoinon world, ChaosFixture fixture, Journal journal, int commands) {
        ChaosLoad load = new ChaosLoad(journal, commands);
        ChaosSteps steps = new ChaosSteps(world, fixture, journal);
        for (City city : City.values()) load.let(city.label(), number -> steps.write(city, number));
        load.let("officer of IFCD", _ -> steps.raise("ifcd-officer-1", fixture.ifcdFund()));
        load.let("officer of ASEAN", _ -> steps.raise("asean-officer-1", fixture.aseanFund()));
        load.let("secretariat", _ -> steps.register());
        load.let(
                "first project",
                number -> load.played(steps.play(City.HANOI, City.BANGKOK, number, load.paid::incrementAndGet)));
        load.let(
                "second project",
                number -> load.played(steps.play(City.SINGAPORE, City.CEBU, number, load.paid::incrementAndGet)));
        return load;
    }

    private void let(String who, Worker worker) {
        working.add(CompletableFuture.runAsync(
                () -> {
                    for (int number = 1; !enough || journal.acknowledged() < commands; number++) {
                        try {
                            worker.work(number);
                            Thread.sleep(PAUSE);
                        } catch (InterruptedException | Unexpected e) {
                            if (!threads.isShutdown()) journal.wrong(who + ": " + e.getMessage());
                            return;
                        }
                    }
                },
                threads));
    }

    private synchronized void played(String project) {
        projects.add(project);
    }

    /// How many projects got their first payment.
    public int paid() {
        return paid.get();
    }

    /// The projects that were played to their first payment.
    public synchronized List<String> projects() {
        return List.copyOf(projects);
    }

    /// Waits until enough was acknowledged and everybody has finished what they were at.
    public void finish() throws InterruptedException {
        enough = true;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ENDING_SECONDS);
        for (CompletableFuture<Void> one : working) {
            try {
                one.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException _) {
                journal.wrong("The load did not come to its end within " + ENDING_SECONDS + " s");
                return;
            } catch (ExecutionException e) {
                journal.wrong("The load broke off: " + e.getCause());
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
