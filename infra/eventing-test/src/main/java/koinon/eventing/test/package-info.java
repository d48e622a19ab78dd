/// Tests that every aggregate shares.
@NullMarked
package koinon.eventing.test;

import org.jspecify.annotations.NullMarked;
