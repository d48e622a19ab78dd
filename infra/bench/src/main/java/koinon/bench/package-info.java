/// Measures how fast Koinon is, each figure beside a reference of the same run.
@NullMarked
package koinon.bench;

import org.jspecify.annotations.NullMarked;
