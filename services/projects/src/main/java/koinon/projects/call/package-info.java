/// Calls for proposals: terms, rules, funds and the tranche scheme.
@NullMarked
package koinon.projects.call;

import org.jspecify.annotations.NullMarked;
