package koinon.local.system;

import java.util.Map;
import java.util.function.Function;
import koinon.local.process.Child;

/// One process that belongs to the system.
///
/// @param start starts it anew with these settings in its environment beside the usual, without waiting
/// @param readiness when it serves
public record Member(String name, Function<Map<String, String>, Child> start, Readiness readiness) {}
