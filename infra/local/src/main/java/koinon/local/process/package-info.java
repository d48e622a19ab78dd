/// Child processes: start one, wait until it listens, read the end of its log, stop or kill it.
@NullMarked
package koinon.local.process;

import org.jspecify.annotations.NullMarked;
