package koinon.eventing.consistency;

/// Compares what this process stores with the topics. It takes as long as reading them.
@FunctionalInterface
public interface Verifier {

    ConsistencyReport.Report verify();
}
