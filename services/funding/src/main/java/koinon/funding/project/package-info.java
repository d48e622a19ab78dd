/// Replicas of projects.
@NullMarked
package koinon.funding.project;

import org.jspecify.annotations.NullMarked;
