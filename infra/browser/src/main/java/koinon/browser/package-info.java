/// The web application in a browser, on a running system.
@NullMarked
package koinon.browser;

import org.jspecify.annotations.NullMarked;
