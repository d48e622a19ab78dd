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
import koinon.local.process.Child;
import org.jspecify.annotations.Nullable;

/// All processes of one system: started in waves, watched, restarted when asked, stopped in reverse order.
///
/// A process that ends by itself is reported with the end of its log and started again, a few times a minute; the
/// others go on.
public final class RunningSystem implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int LINES = 30;

    private final List<List<Member>> waves;
    private final Terminal terminal;
    private final ProcessTable table;
    private final Requests requests;
    private final int restartsPerMinute;
    private final Map<String, Child> children = new HashMap<>();
    private final Map<String, Deaths> deaths = new HashMap<>();
    private final Map<Member, Long> startingAgain = new HashMap<>();
    private final BlockingQueue<Child> ended = new LinkedBlockingQueue<>();
    private volatile boolean stopping;

    /// When a process was started again after it had died.
    private static final class Deaths {

        private final Deque<Long> lastMinute = new ArrayDeque<>();
        private int restarts;

        /// Counts one more, unless there have been too many within a minute.
        boolean mayStartAgain(int perMinute) {
            long now = System.nanoTime();
            lastMinute.removeIf(it -> now - it > MINUTE.toNanos());
            if (lastMinute.size() >= perMinute) return false;
            lastMinute.add(now);
            restarts++;
            return true;
        }
    }

    /// @param waves the members of a wave start together, when those of the wave before are ready
    /// @param restartsPerMinute how often a process that died is started again
    public RunningSystem(Home home, List<List<Member>> waves, int restartsPerMinute, Terminal terminal) {
        this.waves = waves;
        this.restartsPerMinute = restartsPerMinute;
        this.terminal = terminal;
        this.table = new ProcessTable(home);
        this.requests = new Requests(home);
    }

    /// Starts everything and returns when everything is ready; refuses as soon as one cannot start.
    ///
    /// @throws InterruptedException when it was closed meanwhile
    public void start() throws InterruptedException {
        requests.clear();
        for (List<Member> wave : waves) startTogether(wave, Map.of());
    }

    private void startTogether(List<Member> wave, Map<String, String> settings) throws InterruptedException {
        long begin = System.nanoTime();
        var awaited = new ArrayList<>(wave);
        for (Member member : wave) launch(member, settings);
        while (!awaited.isEmpty()) {
            Duration since = Duration.ofNanos(System.nanoTime() - begin);
            awaited.removeIf(member -> isUp(member, since));
            terminal.waitingFor(awaited.stream().map(Member::name).toList(), since);
            Thread.sleep(100);
            if (stopping) throw new InterruptedException("Closed while starting");
        }
    }

    private void launch(Member member, Map<String, String> settings) throws InterruptedException {
        synchronized (children) {
            if (stopping) throw new InterruptedException("Closed while starting");
            Child child = member.start().apply(settings);
            children.put(member.name(), child);
            table.started(child, deaths.computeIfAbsent(member.name(), _ -> new Deaths()).restarts);
            var _ = child.ended().thenAccept(ended::add);
        }
    }

    private boolean isUp(Member member, Duration since) {
        Child child = child(member.name());
        boolean ready = member.readiness().isReady(child.port());
        if (ready) {
            terminal.ready(member.name(), since, "127.0.0.1:" + child.port());
        } else if (!stopping && !child.isAlive()) {
            throw new CannotStart(member.name() + " ended while it started" + child.endOfLog(LINES));
        } else if (since.compareTo(PATIENCE) > 0) {
            throw new CannotStart(
                    member.name() + " was not ready within " + PATIENCE.toSeconds() + " s" + child.endOfLog(LINES));
        }
        return ready;
    }

    /// Reports what ends, starts it again, and restarts what it is asked to, until it is closed.
    public void watch() throws InterruptedException {
        while (!stopping) {
            Child child = ended.poll(200, TimeUnit.MILLISECONDS);
            if (child != null) report(child);
            startingAgain.entrySet().removeIf(it -> isReadyAgain(it.getKey(), it.getValue()));
            requests.serve(this::restart);
        }
    }

    private void report(Child child) throws InterruptedException {
        // One that we stopped to start it anew is no news.
        if (stopping || child(child.name()) != child) return;
        boolean again = deaths.computeIfAbsent(child.name(), _ -> new Deaths()).mayStartAgain(restartsPerMinute);
        terminal.failed(
                child.name(),
                "ended (pid " + child.pid() + ", exit code " + child.exitCode() + "); "
                        + (again
                                ? "it is started again"
                                : "./koinon restart " + child.name() + " starts it again"
                                        + (restartsPerMinute > 0 ? ", for it died too often within a minute" : ""))
                        + child.endOfLog(LINES));
        if (!again) return;
        Member member = member(child.name());
        try {
            launch(member, Map.of());
            startingAgain.put(member, System.nanoTime());
        } catch (CannotStart e) {
            terminal.failed(child.name(), "cannot be started again: " + e.getMessage());
        }
    }

    private boolean isReadyAgain(Member member, long begin) {
        Child child = child(member.name());
        if (!child.isAlive()) return true;
        boolean ready = member.readiness().isReady(child.port());
        if (ready)
            terminal.ready(member.name(), Duration.ofNanos(System.nanoTime() - begin), "127.0.0.1:" + child.port());
        return ready;
    }

    private Member member(String name) {
        return waves.stream()
                .flatMap(List::stream)
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CannotStart("Nothing that runs here is called " + name + "."));
    }

    private void restart(String name, Map<String, String> settings) throws InterruptedException {
        Member member = member(name);
        terminal.say("  ↻ " + name);
        child(name).close();
        startTogether(List.of(member), settings);
    }

    private @Nullable Child started(Member member) {
        synchronized (children) {
            return children.get(member.name());
        }
    }

    private Child child(String name) {
        synchronized (children) {
            return Objects.requireNonNull(children.get(name), name);
        }
    }

    /// Stops everything, the last wave first; from any thread, and while it starts too.
    @Override
    public void close() {
        synchronized (children) {
            if (stopping) return;
            stopping = true;
        }
        for (List<Member> wave : waves.reversed()) stopTogether(wave);
        table.clear();
    }

    private void stopTogether(List<Member> wave) {
        var stops = new ArrayList<Thread>();
        for (Member member : wave) {
            Child child = started(member);
            if (child == null || !child.isAlive()) continue;
            stops.add(Thread.startVirtualThread(() -> {
                child.close();
                terminal.say("  ■ " + member.name() + " stopped");
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
