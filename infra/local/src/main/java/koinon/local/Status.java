package koinon.local;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import koinon.local.system.DataFolder;
import koinon.local.system.Port;
import koinon.local.system.ProcessTable;
import koinon.local.system.Terminal;

/// `status`: the processes, and whether they are ready.
record Status(DataFolder home, Terminal terminal) {

    private static final String ROW = "  %-10s %-6s %7s %6s %9s  %s";

    /// 0 when all processes are ready.
    int run() {
        if (!home.isInUse()) {
            terminal.say("Koinon does not run in " + home.folder() + ".");
            return 1;
        }
        List<ProcessTable.Entry> entries = ProcessTable.read(home);
        terminal.say(String.format(Locale.ROOT, ROW, "", "", "pid", "port", "memory", ""));
        return entries.stream().filter(it -> !show(it)).count() == 0 ? 0 : 1;
    }

    private boolean show(ProcessTable.Entry entry) {
        boolean alive = entry.runs();
        boolean ready = alive && Port.called(entry.name()).readiness().isReady(entry.port());
        terminal.say(String.format(
                Locale.ROOT,
                ROW,
                entry.name(),
                alive ? "up" : "DOWN",
                alive ? entry.pid() : "-",
                entry.port(),
                alive ? residentMegabytes(entry.pid()) : "-",
                (alive ? ready ? "ready" : "not ready" : "see " + entry.log()) + restarts(entry)));
        return ready;
    }

    private static String restarts(ProcessTable.Entry entry) {
        return switch (entry.restarts()) {
            case 0 -> "";
            case 1 -> ", died and was started again";
            default -> ", died and was started again " + entry.restarts() + " times";
        };
    }

    private static String residentMegabytes(long pid) {
        try {
            var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", "" + pid).start();
            try (var output = ps.inputReader()) {
                String kilobytes = output.readLine();
                return kilobytes == null ? "?" : Long.parseLong(kilobytes.strip()) / 1024 + " MB";
            }
        } catch (IOException _) {
            return "?";
        }
    }
}
