/// A whole Koinon in processes of its own, started by its launcher.
@NullMarked
package koinon.trials.launched;

import org.jspecify.annotations.NullMarked;
