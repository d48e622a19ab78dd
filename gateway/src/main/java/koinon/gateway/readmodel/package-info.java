/// The read model: the state of each aggregate and the facts of each project, projected from the topics.
@NullMarked
package koinon.gateway.readmodel;

import org.jspecify.annotations.NullMarked;
