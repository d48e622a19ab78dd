/// Fills topics with the lives of many projects, made of the samples of the contracts.
@NullMarked
package koinon.bench.seed;

import org.jspecify.annotations.NullMarked;
