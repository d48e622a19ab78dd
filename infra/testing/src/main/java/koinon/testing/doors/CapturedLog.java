package koinon.testing.doors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/// What is written to the log from now on until it is closed.
final class CapturedLog implements AutoCloseable {

    /// How every token begins.
    private static final String TOKEN = "eyJ";

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    CapturedLog() {
        lines.start();
        root.addAppender(lines);
    }

    /// What should not be there: failures of ours, stack traces, tokens.
    List<String> faults() {
        return Stream.of(lines.list.toArray(ILoggingEvent[]::new))
                .filter(it -> it.getLevel().isGreaterOrEqual(Level.ERROR)
                        || it.getThrowableProxy() != null
                        || it.getFormattedMessage().contains(TOKEN))
                .map(it -> "in the log: " + it.getLevel() + " " + it.getLoggerName() + ": " + it.getFormattedMessage())
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(lines);
        lines.stop();
    }
}
