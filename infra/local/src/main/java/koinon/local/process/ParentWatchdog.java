package koinon.local.process;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/// Runs another main class and ends this process in order when its parent process ends.
///
/// The parent holds the other end of the standard input and never writes to it; when the parent ends, the input
/// ends.
public final class ParentWatchdog {

    private ParentWatchdog() {}

    /// @param arguments the main class to run, then its arguments
    public static void main(String... arguments) throws Throwable {
        Thread.ofPlatform().daemon().name("tether").start(ParentWatchdog::endWithStarter);
        var main = Class.forName(arguments[0]).getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private static void endWithStarter() {
        try {
            while (System.in.read() >= 0) {
                // Input has no meaning.
            }
        } catch (IOException _) {
            // An error means the same as the end of the input.
        }
        System.exit(0);
    }
}
