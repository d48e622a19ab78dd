/// All that the topics say, folded: what is kept of each aggregate, and the parts of each project.
@NullMarked
package koinon.gateway.picture;

import org.jspecify.annotations.NullMarked;
