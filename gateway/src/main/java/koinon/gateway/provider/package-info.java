/// The OpenID provider, as the gateway asks it.
@NullMarked
package koinon.gateway.provider;

import org.jspecify.annotations.NullMarked;
