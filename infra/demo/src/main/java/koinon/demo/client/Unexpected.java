package koinon.demo.client;

/// An answer so different from the expected one that the scenario cannot continue.
public final class Unexpected extends RuntimeException {

    public Unexpected(String sentence) {
        super(sentence);
    }
}
