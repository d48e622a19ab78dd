/// The projections of proposals, projects and agreements, one for each aggregate, so that the order of topics does
/// not matter.
@NullMarked
package koinon.gateway.projection;

import org.jspecify.annotations.NullMarked;
