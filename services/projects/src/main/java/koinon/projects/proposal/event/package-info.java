/// The events of a proposal.
@NullMarked
package koinon.projects.proposal.event;

import org.jspecify.annotations.NullMarked;
