/// What controllers share: commands, ETags, pages, and the answer to every failure.
@NullMarked
package koinon.http.web;

import org.jspecify.annotations.NullMarked;
