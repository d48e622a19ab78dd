/// Whether a plan may be submitted: the rules of its call and of every call.
@NullMarked
package koinon.projects.proposal.readiness;

import org.jspecify.annotations.NullMarked;
