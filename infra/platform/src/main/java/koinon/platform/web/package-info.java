/// The face of every process towards HTTP: problem details, strict commands, ETags, keys, pages and limits.
@NullMarked
package koinon.platform.web;

import org.jspecify.annotations.NullMarked;
