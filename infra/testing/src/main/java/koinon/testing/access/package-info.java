/// Who may call which operation: the table in `infra/docs/access.md`, and the tests of its cells.
@NullMarked
package koinon.testing.access;

import org.jspecify.annotations.NullMarked;
