package koinon.local.system;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The output at the terminal: one line for each process that starts or ends, and a line with the processes that
/// are awaited.
public final class Terminal {

    private final PrintStream out;
    private final PrintStream refusals;
    private final boolean live;
    private boolean waiting;

    /// @param live whether the last line can be overwritten, as on a screen
    public Terminal(PrintStream out, PrintStream refusals, boolean live) {
        this.out = out;
        this.refusals = refusals;
        this.live = live;
    }

    public synchronized void say(String line) {
        wipe();
        out.println(line);
    }

    synchronized void ready(String name, Duration after, String where) {
        say(String.format(Locale.ROOT, "  ✔ %-10s %5.1f s  %s", name, after.toMillis() / 1000.0, where));
    }

    public synchronized void passed(String name, String what) {
        say(String.format(Locale.ROOT, "  ✔ %-10s %s", name, what));
    }

    public synchronized void failed(String name, String what) {
        say(String.format(Locale.ROOT, "  ✘ %-10s %s", name, what));
    }

    synchronized void waitingFor(Collection<String> names, Duration since) {
        if (!live || names.isEmpty()) return;
        wipe();
        out.printf(Locale.ROOT, "  … waiting for %s (%d s)", String.join(", ", names), since.toSeconds());
        out.flush();
        waiting = true;
    }

    /// Prints an error.
    public synchronized void refuse(@Nullable String sentence) {
        wipe();
        refusals.println(sentence);
    }

    /// Erases the line with the awaited processes.
    private void wipe() {
        if (waiting) out.print("\r\033[K");
        waiting = false;
    }
}
