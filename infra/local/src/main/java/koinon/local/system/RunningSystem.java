package koinon.local.system;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import koinon.local.process.CannotStart;
import koinon.local.process.ManagedProcess;
import org.jspecify.annotations.Nullable;

/// All processes of one system: starts them in waves, watches them, restarts them on request, and stops them in
/// reverse order.
///
/// A process that ends unexpectedly is reported with the end of its log and restarted, a few times a minute; the
/// others continue.
public final class RunningSystem implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int LINES = 30;

    private final List<List<ProcessDefinition>> waves;
    private final Terminal terminal;
    private final ProcessTable table;
    private final LauncherRequests requests;
    private final int restartsPerMinute;
    private final Map<String, ManagedProcess> processes = new HashMap<>();
    private final Map<String, RestartLimit> restartLimits = new HashMap<>();
    private final Map<ProcessDefinition, Long> restarting = new HashMap<>();
    private final BlockingQueue<ManagedProcess> ended = new LinkedBlockingQueue<>();
    private volatile boolean stopping;

    /// Limits the restarts of a process.
    private static final class RestartLimit {

        private final Deque<Long> lastMinute = new ArrayDeque<>();
        private int restarts;

        /// Counts a restart, unless the limit per minute is reached.
        boolean tryRestart(int perMinute) {
            long now = System.nanoTime();
            lastMinute.removeIf(it -> now - it > MINUTE.toNanos());
            if (lastMinute.size() >= perMinute) return false;
            lastMinute.add(now);
            restarts++;
            return true;
        }
    }

    /// @param waves the processes of a wave start together, when those of the wave before are ready
    /// @param restartsPerMinute how often a process that ended unexpectedly is restarted
    public RunningSystem(
            DataFolder home, List<List<ProcessDefinition>> waves, int restartsPerMinute, Terminal terminal) {
        this.waves = waves;
        this.restartsPerMinute = restartsPerMinute;
        this.terminal = terminal;
        this.table = new ProcessTable(home);
        this.requests = new LauncherRequests(home);
    }

    /// Starts everything and returns when all processes are ready; throws [CannotStart] as soon as one cannot
    /// start.
    ///
    /// @throws InterruptedException when the system is closed meanwhile
    public void start() throws InterruptedException {
        requests.clear();
        for (List<ProcessDefinition> wave : waves) startTogether(wave, Map.of());
    }

    private void startTogether(List<ProcessDefinition> wave, Map<String, String> settings) throws InterruptedException {
        long begin = System.nanoTime();
        var pending = new ArrayList<>(wave);
        for (ProcessDefinition definition : wave) launch(definition, settings);
        while (!pending.isEmpty()) {
            Duration since = Duration.ofNanos(System.nanoTime() - begin);
            pending.removeIf(definition -> isUp(definition, since));
            terminal.waitingFor(pending.stream().map(ProcessDefinition::name).toList(), since);
            Thread.sleep(100);
            if (stopping) throw new InterruptedException("Closed while starting");
        }
    }

    private void launch(ProcessDefinition definition, Map<String, String> settings) throws InterruptedException {
        synchronized (processes) {
            if (stopping) throw new InterruptedException("Closed while starting");
            ManagedProcess process = definition.start().apply(settings);
            processes.put(definition.name(), process);
            table.started(process, restartLimits.computeIfAbsent(definition.name(), _ -> new RestartLimit()).restarts);
            var _ = process.ended().thenAccept(ended::add);
        }
    }

    private boolean isUp(ProcessDefinition definition, Duration since) {
        ManagedProcess process = process(definition.name());
        boolean ready = definition.readiness().isReady(process.port());
        if (ready) {
            terminal.ready(definition.name(), since, "127.0.0.1:" + process.port());
        } else if (!stopping && !process.isAlive()) {
            throw new CannotStart(definition.name() + " ended while it started" + process.endOfLog(LINES));
        } else if (since.compareTo(PATIENCE) > 0) {
            throw new CannotStart(definition.name() + " was not ready within " + PATIENCE.toSeconds() + " s"
                    + process.endOfLog(LINES));
        }
        return ready;
    }

    /// Reports processes that end, restarts them, and handles restart requests, until the system is closed.
    public void watch() throws InterruptedException {
        while (!stopping) {
            ManagedProcess process = ended.poll(200, TimeUnit.MILLISECONDS);
            if (process != null) report(process);
            restarting.entrySet().removeIf(it -> isRestarted(it.getKey(), it.getValue()));
            requests.serve(this::restart);
        }
    }

    private void report(ManagedProcess process) throws InterruptedException {
        // A process that was stopped for a restart is not reported.
        if (stopping || process(process.name()) != process) return;
        boolean again = restartLimits
                .computeIfAbsent(process.name(), _ -> new RestartLimit())
                .tryRestart(restartsPerMinute);
        terminal.failed(
                process.name(),
                "ended (pid " + process.pid() + ", exit code " + process.exitCode() + "); "
                        + (again
                                ? "it is started again"
                                : "./koinon restart " + process.name() + " starts it again"
                                        + (restartsPerMinute > 0 ? ", because it ended too often within a minute" : ""))
                        + process.endOfLog(LINES));
        if (!again) return;
        ProcessDefinition definition = definition(process.name());
        try {
            launch(definition, Map.of());
            restarting.put(definition, System.nanoTime());
        } catch (CannotStart e) {
            terminal.failed(process.name(), "cannot be started again: " + e.getMessage());
        }
    }

    private boolean isRestarted(ProcessDefinition definition, long begin) {
        ManagedProcess process = process(definition.name());
        if (!process.isAlive()) return true;
        boolean ready = definition.readiness().isReady(process.port());
        if (ready)
            terminal.ready(
                    definition.name(), Duration.ofNanos(System.nanoTime() - begin), "127.0.0.1:" + process.port());
        return ready;
    }

    private ProcessDefinition definition(String name) {
        return waves.stream()
                .flatMap(List::stream)
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CannotStart(
                        "There is no process " + name + " in this system; ./koinon status lists them."));
    }

    private void restart(String name, Map<String, String> settings) throws InterruptedException {
        ProcessDefinition definition = definition(name);
        terminal.say("  ↻ " + name);
        process(name).close();
        startTogether(List.of(definition), settings);
    }

    private @Nullable ManagedProcess started(ProcessDefinition definition) {
        synchronized (processes) {
            return processes.get(definition.name());
        }
    }

    private ManagedProcess process(String name) {
        synchronized (processes) {
            return Objects.requireNonNull(processes.get(name), name);
        }
    }

    /// Stops everything, the last wave first; can be called from any thread, also during the start.
    @Override
    public void close() {
        synchronized (processes) {
            if (stopping) return;
            stopping = true;
        }
        for (List<ProcessDefinition> wave : waves.reversed()) stopTogether(wave);
        table.clear();
    }

    private void stopTogether(List<ProcessDefinition> wave) {
        var stops = new ArrayList<Thread>();
        for (ProcessDefinition definition : wave) {
            ManagedProcess process = started(definition);
            if (process == null || !process.isAlive()) continue;
            stops.add(Thread.startVirtualThread(() -> {
                process.close();
                terminal.say("  ■ " + definition.name() + " stopped");
            }));
        }
        for (Thread stop : stops) {
            try {
                stop.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
