package koinon.platform.document;

import koinon.platform.model.Position;

/// What a command is answered. The web writes it as 201 with `Location` or 200, with `ETag` and `Koinon-Position`,
/// and a body that names id and position.
///
/// @param position of the last event of the aggregate when the command was done
/// @param etag of the aggregate, or of the part that the command was about
/// @param created whether the command created the aggregate
public record Answer(String id, Position position, long etag, boolean created) {}
