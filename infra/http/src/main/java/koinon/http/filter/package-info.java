/// The order of the servlet filters of all modules.
@NullMarked
package koinon.http.filter;

import org.jspecify.annotations.NullMarked;
