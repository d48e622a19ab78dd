/// The published language: the contracts of events, and the tests of publishers and readers.
@NullMarked
package koinon.testing.contract;

import org.jspecify.annotations.NullMarked;
