package koinon.demo.client;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// Prints each step of the scenarios, and which expectations held.
public final class ScenarioReport {

    private final RunningKoinon world;
    private final PrintStream out;
    private final Duration patience;
    private final List<String> broken = new ArrayList<>();
    private final List<Long> delays = new ArrayList<>();
    private int held;
    private long lastChange = System.nanoTime();

    /// @param patience how long the status may take to show what happened
    public ScenarioReport(RunningKoinon world, PrintStream out, Duration patience) {
        this.world = world;
        this.out = out;
        this.patience = patience;
    }

    public void scenario(String title) {
        out.printf("%n%s%n", title);
    }

    /// Something to read, not to judge.
    public void note(String line) {
        out.println("      " + line);
    }

    /// Someone did something.
    ///
    /// @throws Unexpected when it was refused
    public Reply did(String sentence, Reply reply) {
        if (!reply.isFine()) {
            broke(sentence, reply.request() + " was answered " + reply.said());
            throw new Unexpected(sentence + ": " + reply.request() + " was answered " + reply.said());
        }
        lastChange = reply.at();
        keep(sentence, "");
        return reply;
    }

    /// Someone did something to a project, and the status has shown it.
    ///
    /// @throws Unexpected when it was refused
    public Reply did(String sentence, String project, Reply reply) {
        if (!reply.isFine()) return did(sentence, reply);
        lastChange = reply.at();
        String position = reply.position().orElse("");
        long deadline = System.nanoTime() + patience.toNanos();
        Reply status;
        do status = world.person("auditor").get("/status/projects/" + project + "?atLeast=" + position);
        while (!isReached(status) && System.nanoTime() < deadline);
        if (isReached(status)) keep(sentence, shownAfter(status.at() - reply.at()));
        else broke(sentence, "the status has not reached " + position + " (" + status.said() + ")");
        return reply;
    }

    private static boolean isReached(Reply status) {
        return status.isFine()
                && status.header("Koinon-Position-Reached").orElse("").equals("true");
    }

    /// Someone tried something and was refused by this rule.
    public void refused(String sentence, Reply reply, int status, String rule) {
        if (reply.status() == status && reply.rule().equals(rule))
            keep(sentence, "refused: " + reply.body().path("detail").asString(rule));
        else broke(sentence, "expected " + status + " " + rule + ", was answered " + reply.said());
    }

    /// What follows by itself is in the stream of statuses before long.
    ///
    /// @throws Unexpected when it is not
    public Status shows(String sentence, String project, Predicate<Status> what) {
        Optional<StatusStreamClient.Shown> shown = world.live().await(project, what, patience);
        if (shown.isEmpty()) {
            Status now = world.status(project);
            String missing = "not streamed within " + patience.toSeconds() + " s; the status is " + now.json();
            broke(sentence, missing);
            throw new Unexpected(sentence + ": " + missing);
        }
        keep(sentence, shownAfter(Math.max(0, shown.get().at() - lastChange)));
        return shown.get().status();
    }

    /// Something is as it should be.
    public void expect(String sentence, boolean holds, Object found) {
        if (holds) keep(sentence, "");
        else broke(sentence, "found " + found);
    }

    /// What could not be gone on with.
    public void ended(Unexpected why) {
        broke("The story goes on to its end", String.valueOf(why.getMessage()));
    }

    /// What did not hold, so far.
    public List<String> broken() {
        return List.copyOf(broken);
    }

    public boolean allHeld() {
        return broken.isEmpty();
    }

    /// How many expectations held, and which did not.
    public void sumUp() {
        List<Long> sorted = delays.stream().sorted().toList();
        if (!sorted.isEmpty())
            out.printf(
                    Locale.ROOT,
                    "%nThe status showed a change after %.0f ms in the middle, %.0f ms at most (%d changes).%n",
                    milliseconds(sorted.get(sorted.size() / 2)),
                    milliseconds(sorted.getLast()),
                    sorted.size());
        if (broken.isEmpty()) out.printf("All %d expectations held.%n", held);
        else {
            out.printf("%d expectations held, %d did not:%n", held, broken.size());
            broken.forEach(it -> out.println("  ✗ " + it));
        }
    }

    private void keep(String sentence, String aside) {
        held++;
        out.printf("  ✓ %s%s%n", sentence, aside.isEmpty() ? "" : "  · " + aside);
    }

    private void broke(String sentence, String why) {
        broken.add(sentence + ": " + why);
        out.printf("  ✗ %s: %s%n", sentence, why);
    }

    private String shownAfter(long nanos) {
        delays.add(nanos);
        return String.format(Locale.ROOT, "in the status after %.0f ms", milliseconds(nanos));
    }

    private static double milliseconds(long nanos) {
        return nanos / 1e6;
    }
}
