/// The sessions of people who are logged in with a browser. A session stands for a token, which never reaches the
/// browser (ADR 22).
@NullMarked
package koinon.gateway.session;

import org.jspecify.annotations.NullMarked;
