package koinon.gateway.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Somebody who is logged in with one browser.
///
/// @param id SHA-256 of what the browser's cookie holds, so that nobody who reads the database can use it
/// @param subject of the tokens
/// @param name to be shown
/// @param csrf what the browser must send with everything that changes something
/// @param created when it began
/// @param seen when it was last used, up to a minute ago
/// @param until when it ends in any case
/// @param version of the tokens: whoever raises it may refresh them
/// @param claimedUntil until when nobody else refreshes the tokens; absent if nobody does
public record Session(
        String id,
        String subject,
        String name,
        Tokens tokens,
        String csrf,
        Instant created,
        Instant seen,
        Instant until,
        long version,
        @Nullable Instant claimedUntil) {

    /// The tokens of a session.
    ///
    /// @param access sent to services
    /// @param expires when the access token does
    /// @param refresh for the next access token; absent if the provider gave none
    /// @param id says at the provider which session is to end; absent if it gave none
    public record Tokens(
            String access,
            Instant expires,
            @Nullable String refresh,
            @Nullable String id) {

        /// Without the tokens, which are not logged.
        @Override
        public String toString() {
            return "tokens until " + expires;
        }
    }

    /// The id of the session whose cookie holds this.
    static String id(String cookie) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Seal.digest(cookie));
    }

    boolean isOver(Instant now, Duration idle) {
        return !now.isBefore(until) || !now.isBefore(seen.plus(idle));
    }

    Session seen(Instant now) {
        return new Session(id, subject, name, tokens, csrf, created, now, until, version, claimedUntil);
    }

    /// Claimed for a refresh, which makes a new version.
    Session claimed(@Nullable Instant end) {
        return new Session(id, subject, name, tokens, csrf, created, seen, until, version + 1, end);
    }

    Session with(Tokens next) {
        return new Session(id, subject, name, next, csrf, created, seen, until, version + 1, null);
    }
}
