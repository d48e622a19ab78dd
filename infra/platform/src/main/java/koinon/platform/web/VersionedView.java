package koinon.platform.web;

/// What is answered to a read of an aggregate or of a part of it. [Answers] gives it its ETag.
public interface VersionedView {

    /// The number of the last event that touched it, as `If-Match` compares it.
    long version();
}
