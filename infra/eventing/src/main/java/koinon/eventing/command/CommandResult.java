package koinon.eventing.command;

import koinon.eventing.model.Position;

/// The result of a command. It is sent as 201 with `Location`, or as 200, with `ETag` and `Koinon-Position` and a
/// body that contains id and position.
///
/// @param position of the aggregate's last event after the command
/// @param etag of the aggregate, or of the part that the command was about
/// @param created whether the command created the aggregate
public record CommandResult(String id, Position position, long etag, boolean created) {}
