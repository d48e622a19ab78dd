/// Who may pass which door, and that nothing but a documented answer comes back through it.
@NullMarked
package koinon.testing.doors;

import org.jspecify.annotations.NullMarked;
