/// Everything that happened to a project, with who, when and why.
@NullMarked
package koinon.gateway.timeline;

import org.jspecify.annotations.NullMarked;
