package koinon.eventing.model;

/// The result of a command with an Idempotency-Key, stored with the aggregate so that a repeated request gets the
/// same result.
///
/// @param key the key, with the caller's subject before it
/// @param digest of all that the request asked for
/// @param sequence of the last event that the command raised; the position of the answer
/// @param etag of the aggregate or part, as it was answered
/// @param created whether the command created the aggregate
public record IdempotencyRecord(String key, String digest, long sequence, long etag, boolean created) {}
