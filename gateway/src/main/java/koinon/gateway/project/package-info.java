/// The answers about one project: its status now, and at an earlier moment.
@NullMarked
package koinon.gateway.project;

import org.jspecify.annotations.NullMarked;
