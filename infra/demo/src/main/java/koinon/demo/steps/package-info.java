/// Steps that several scenarios share, and the cities that take them.
@NullMarked
package koinon.demo.steps;

import org.jspecify.annotations.NullMarked;
