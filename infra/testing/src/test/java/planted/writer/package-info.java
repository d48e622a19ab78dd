/// Writes a document past the only writer.
@NullMarked
package planted.writer;

import org.jspecify.annotations.NullMarked;
