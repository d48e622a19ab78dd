/// Logging in and out with a browser, at the OpenID provider.
@NullMarked
package koinon.gateway.login;

import org.jspecify.annotations.NullMarked;
