package koinon.bench.row;

import java.util.List;

/// One thing that is measured, beside its reference of the same run. Each is chosen by its name at the command
/// line.
public interface Row {

    /// By which it is chosen: `status-read`.
    String name();

    /// Measures, and returns a line per aim. What it starts it ends.
    ///
    /// @throws Exception when it could not be measured; a missed aim is a line, no exception
    List<ResultLine> measure(BenchEnvironment environment) throws Exception;
}
