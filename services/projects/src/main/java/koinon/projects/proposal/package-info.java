/// Proposals: how cities write one together, submit it, and hear what was decided.
@NullMarked
package koinon.projects.proposal;

import org.jspecify.annotations.NullMarked;
