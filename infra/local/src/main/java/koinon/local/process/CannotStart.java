package koinon.local.process;

/// Something could not be started; the message is one sentence for the person at the terminal, with what to do.
public final class CannotStart extends RuntimeException {

    public CannotStart(String sentence) {
        super(sentence);
    }

    public CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
