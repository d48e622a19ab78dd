/// The amounts that the funds are asked for, and their answers.
@NullMarked
package koinon.projects.proposal.selection;

import org.jspecify.annotations.NullMarked;
