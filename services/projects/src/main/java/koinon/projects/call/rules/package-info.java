/// The rules of a call as data: what a plan must meet to be submitted.
@NullMarked
package koinon.projects.call.rules;

import org.jspecify.annotations.NullMarked;
