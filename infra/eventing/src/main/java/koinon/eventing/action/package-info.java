/// What can be done next with an aggregate, by whom and until when.
@NullMarked
package koinon.eventing.action;

import org.jspecify.annotations.NullMarked;
