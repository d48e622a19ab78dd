/// Replicas of cities, groups, calls, funds and funders; statuses contain their names.
@NullMarked
package koinon.gateway.directory;

import org.jspecify.annotations.NullMarked;
