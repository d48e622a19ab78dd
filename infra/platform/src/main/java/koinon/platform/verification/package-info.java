/// Proves that what is stored is what was published: every aggregate folded anew from its topic and compared.
@NullMarked
package koinon.platform.verification;

import org.jspecify.annotations.NullMarked;
