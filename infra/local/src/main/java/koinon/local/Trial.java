package koinon.local;

import java.io.IOException;
import java.util.List;
import koinon.local.process.CannotStart;
import koinon.local.process.Java;

/// A command that `infra/trials` carries out in a process of its own, on systems that it starts by itself.
///
/// @param main its class
record Trial(Composition composition, String main) {

    /// @param arguments as they were given
    /// @return its exit code
    int run(List<String> arguments) throws InterruptedException {
        List<String> command = composition.run(
                "infra/trials", Java.withHeap("256m").option("-Dstdout.encoding=UTF-8"), main, arguments.toArray());
        var builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .put("KOINON_HOME", composition.home().folder().toAbsolutePath().toString());
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            throw new CannotStart("Cannot start " + main + ": " + e.getMessage(), e);
        }
    }
}
