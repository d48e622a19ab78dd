/// How cities write a plan together: who takes part, and what each may write.
@NullMarked
package koinon.projects.proposal.writing;

import org.jspecify.annotations.NullMarked;
