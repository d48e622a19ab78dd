/// Listens under another name.
@NullMarked
package planted.listener;

import org.jspecify.annotations.NullMarked;
