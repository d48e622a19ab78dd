/// The system as processes: their definitions and settings, the data folder, start, watch, restart, stop.
@NullMarked
package koinon.local.system;

import org.jspecify.annotations.NullMarked;
