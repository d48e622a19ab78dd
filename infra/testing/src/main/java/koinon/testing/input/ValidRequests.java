package koinon.testing.input;

import koinon.testing.http.RawHttpClient;
import koinon.testing.openapi.Operation;

/// The valid requests that other ones are made from, and the connection that sends them.
public interface ValidRequests {

    /// A request with nothing wrong in it, by a caller who may make it.
    RawHttpClient.Request request(Operation operation);

    /// The body of that request.
    String body(Operation operation);

    RawHttpClient.Answer send(RawHttpClient.Request request);
}
