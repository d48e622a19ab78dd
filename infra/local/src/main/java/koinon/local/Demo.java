package koinon.local;

import java.io.IOException;
import java.util.List;
import koinon.local.process.CannotStart;
import koinon.local.process.Java;
import koinon.local.system.RunningSystem;

/// `demo`: runs the main workflow on a system of its own and exits with its exit code.
///
/// @param keep whether the system stays up afterwards, until Ctrl-C
record Demo(Composition composition, boolean keep) {

    int run() throws InterruptedException {
        if (composition.home().isInUse())
            throw new CannotStart(
                    "A demo is already running in " + composition.home().folder() + ": wait until it has ended.");
        composition.home().delete();
        composition.home().holdsExampleData();
        var up = new Up(composition, false);
        return up.whileUp(system -> {
            int exitCode = play(composition);
            if (keep) keep(up, system);
            return exitCode;
        });
    }

    /// Plays the main workflow on the running system.
    ///
    /// @return 0 if every expectation held
    static int play(Composition composition) throws InterruptedException {
        List<String> command =
                composition.run("infra/demo", Java.withHeap("256m").option("-Dstdout.encoding=UTF-8"));
        var builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(composition.settings());
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            throw new CannotStart("Cannot start the demo: " + e.getMessage(), e);
        }
    }

    private void keep(Up up, RunningSystem system) throws InterruptedException {
        composition.terminal().say("");
        up.showWhereToLook();
        composition
                .terminal()
                .say("  Everything stays up until Ctrl-C; KOINON_HOME="
                        + composition.home().folder() + " ./koinon status shows it.");
        system.watch();
    }
}
