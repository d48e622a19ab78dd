package koinon.trials.world;

/// Something went so differently that the story cannot go on.
public final class Unexpected extends RuntimeException {

    public Unexpected(String sentence) {
        super(sentence);
    }
}
