/// What a request is held to beside the constraints of Jakarta Validation; the descriptions are made from it.
@NullMarked
package koinon.platform.constraint;

import org.jspecify.annotations.NullMarked;
