/// Replicas of funds, kept from the events of the funding service.
@NullMarked
package koinon.projects.fund;

import org.jspecify.annotations.NullMarked;
