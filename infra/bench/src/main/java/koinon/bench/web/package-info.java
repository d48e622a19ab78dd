/// Rows for the web application: its pages in a browser, and the streams that keep pages current.
@NullMarked
package koinon.bench.web;

import org.jspecify.annotations.NullMarked;
