package koinon.local;

import java.io.IOException;
import java.util.List;
import koinon.local.process.CannotStart;
import koinon.local.process.Java;

/// A command of another module that runs in its own process and starts its own systems.
///
/// @param module its folder below `infra`
/// @param main its main class
record ExternalRun(Composition composition, String module, String main) {

    /// @param arguments of the command line
    /// @return its exit code
    int run(List<String> arguments) throws InterruptedException {
        List<String> command = composition.run(
                "infra/" + module, Java.withHeap("256m").option("-Dstdout.encoding=UTF-8"), main, arguments.toArray());
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
