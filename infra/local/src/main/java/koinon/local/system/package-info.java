/// The whole system as processes: which there are and what each needs, their data folder, start, watch, restart,
/// stop.
@NullMarked
package koinon.local.system;

import org.jspecify.annotations.NullMarked;
