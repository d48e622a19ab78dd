package koinon.platform.verification;

/// Proves that what this process stores is what the topics say; takes as long as reading them takes.
@FunctionalInterface
public interface Verifier {

    Findings.Report verify();
}
