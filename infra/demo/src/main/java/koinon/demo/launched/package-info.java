/// A whole Koinon in processes of its own, started by its launcher.
@NullMarked
package koinon.demo.launched;

import org.jspecify.annotations.NullMarked;
