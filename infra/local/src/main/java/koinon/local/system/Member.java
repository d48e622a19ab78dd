package koinon.local.system;

import java.util.function.Supplier;
import koinon.local.process.Child;

/// One process that belongs to the system.
///
/// @param start starts it anew, without waiting
/// @param readiness when it serves
public record Member(String name, Supplier<Child> start, Readiness readiness) {}
