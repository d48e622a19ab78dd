/// The next actions of an aggregate as a read shows them.
@NullMarked
package koinon.http.action;

import org.jspecify.annotations.NullMarked;
