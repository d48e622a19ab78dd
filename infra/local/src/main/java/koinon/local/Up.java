package koinon.local;

import java.time.Duration;
import java.util.Locale;
import koinon.local.system.Port;
import koinon.local.system.RunningSystem;

/// `up`: runs the system until Ctrl-C.
///
/// @param withDemo whether a system without data plays the demo first, so that there is something to see
record Up(Composition composition, boolean withDemo) {

    /// An action that needs the running system.
    @FunctionalInterface
    interface Use {
        int of(RunningSystem system) throws InterruptedException;
    }

    int run() throws InterruptedException {
        boolean hasData = composition.home().hasData();
        if (withDemo && !hasData) composition.home().holdsExampleData();
        return whileUp(system -> {
            if (withDemo && hasData)
                composition.terminal().say("The data folder is not empty, so the demo is not played.");
            else if (withDemo) Demo.play(composition);
            showWhereToLook();
            composition.terminal().say("  Ctrl-C stops everything, in order.");
            system.watch();
            return 0;
        });
    }

    /// Starts everything, runs the action and stops everything, also after an exception.
    int whileUp(Use use) throws InterruptedException {
        long begin = System.nanoTime();
        try (var _ = composition.home().lock()) {
            composition.ports().requireFree(composition.portsToListenOn());
            var system = new RunningSystem(
                    composition.home(), composition.waves(), composition.restartsPerMinute(), composition.terminal());
            Runtime.getRuntime().addShutdownHook(new Thread(system::close, "stop"));
            try (system) {
                system.start();
                sayUp(Duration.ofNanos(System.nanoTime() - begin));
                return use.of(system);
            }
        }
    }

    private void sayUp(Duration after) {
        composition
                .terminal()
                .say(String.format(
                        Locale.ROOT,
                        "%nKoinon is up after %.1f s, with its data in %s.%n",
                        after.toMillis() / 1000.0,
                        composition.home().folder()));
    }

    void showWhereToLook() {
        var terminal = composition.terminal();
        terminal.say("  Open in a browser        " + composition.url(Port.GATEWAY) + "/   (Chrome, Edge or Firefox)");
        terminal.say("  Status of all projects   " + composition.url(Port.GATEWAY) + "/api/v1/status/projects");
        terminal.say("  API and its description  " + composition.url(Port.GATEWAY) + "/swagger-ui.html");
        terminal.say("  Identity provider        " + composition.url(Port.IDENTITY));
        terminal.say("  Database                 " + composition.databaseAddress());
        terminal.say("  Broker                   " + composition.ports().address(Port.BROKER));
        terminal.say("  Logs                     " + composition.home().log("*"));
        terminal.say("");
        new DemoPersons(composition.url(Port.IDENTITY)).showOn(terminal);
        terminal.say("");
    }
}
