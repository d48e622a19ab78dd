/// What is known here of the funds, heard from the funding service.
@NullMarked
package koinon.projects.fund;

import org.jspecify.annotations.NullMarked;
