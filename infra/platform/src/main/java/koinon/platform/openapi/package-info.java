/// What the descriptions of all interfaces have in common.
@NullMarked
package koinon.platform.openapi;

import org.jspecify.annotations.NullMarked;
