/// The page on which a person of the demo is chosen.
@NullMarked
package koinon.identity.login;

import org.jspecify.annotations.NullMarked;
