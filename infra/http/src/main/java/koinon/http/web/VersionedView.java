package koinon.http.web;

/// The response to a read of an aggregate or of a part of it. [CommandResultAdvice] adds its ETag.
public interface VersionedView {

    /// The sequence of the last event that changed it, which `If-Match` compares.
    long version();
}
