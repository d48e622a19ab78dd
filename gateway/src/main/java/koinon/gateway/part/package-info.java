/// What each aggregate of a project said, kept apart by source, so that the order of topics does not matter.
@NullMarked
package koinon.gateway.part;

import org.jspecify.annotations.NullMarked;
