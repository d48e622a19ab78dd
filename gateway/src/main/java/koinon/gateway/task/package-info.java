/// Tasks: the next actions of all projects, calls and gatherings, for who can take them and for who waits for them.
@NullMarked
package koinon.gateway.task;

import org.jspecify.annotations.NullMarked;
