/// What is asked of an aggregate, and what is answered.
@NullMarked
package koinon.eventing.command;

import org.jspecify.annotations.NullMarked;
