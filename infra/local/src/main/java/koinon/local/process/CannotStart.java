package koinon.local.process;

/// A process or a command could not be started; the message is for the person at the terminal and says what to do.
public final class CannotStart extends RuntimeException {

    public CannotStart(String sentence) {
        super(sentence);
    }

    public CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
