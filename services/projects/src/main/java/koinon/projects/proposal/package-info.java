/// Proposals: how cities write one together, submit it, and receive the decision.
@NullMarked
package koinon.projects.proposal;

import org.jspecify.annotations.NullMarked;
