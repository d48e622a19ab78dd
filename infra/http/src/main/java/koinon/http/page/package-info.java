/// Cursor paging.
@NullMarked
package koinon.http.page;

import org.jspecify.annotations.NullMarked;
