/// Sends to Kafka by itself.
@NullMarked
package planted.sender;

import org.jspecify.annotations.NullMarked;
