package koinon.local.system;

import java.util.Map;
import java.util.function.Function;
import koinon.local.process.ManagedProcess;

/// The definition of one process of the system.
///
/// @param start starts it with additional environment variables, without waiting
/// @param readiness how to check that it is ready
public record ProcessDefinition(
        String name, Function<Map<String, String>, ManagedProcess> start, Readiness readiness) {}
