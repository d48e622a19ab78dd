package koinon.local.process;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/// Runs another main class and ends this process in order when the one that started it is gone.
///
/// The starter holds the other end of our standard input and never writes to it; however it ends, we read the end.
public final class Tethered {

    private Tethered() {}

    /// @param arguments the main class to run, then its arguments
    public static void main(String... arguments) throws Throwable {
        Thread.ofPlatform().daemon().name("tether").start(Tethered::endWithStarter);
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
                // What is written to us says nothing.
            }
        } catch (IOException _) {
            // Unreadable is as good as closed.
        }
        System.exit(0);
    }
}
