package koinon.bench.row;

/// Work that is done in a process of its own, see [BenchEnvironment#away]. It has a constructor without parameters;
/// plan and result are records that JSON carries.
public interface Job<P, R> {

    /// Does it and ends.
    R on(P plan) throws Exception;
}
