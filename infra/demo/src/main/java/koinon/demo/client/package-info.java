/// Koinon as a client sees it: people with tokens, what they ask and are answered, and what the status shows.
@NullMarked
package koinon.demo.client;

import org.jspecify.annotations.NullMarked;
