/// Reads topics without a consumer group, from offsets that the reader stores with what it has read.
@NullMarked
package koinon.eventing.reader;

import org.jspecify.annotations.NullMarked;
