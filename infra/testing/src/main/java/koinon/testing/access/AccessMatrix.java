package koinon.testing.access;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import koinon.testing.http.InMemoryClient;
import koinon.testing.http.RawHttpClient;
import koinon.testing.input.Input;
import koinon.testing.input.ValidBodies;
import koinon.testing.input.ValidRequests;
import koinon.testing.openapi.OpenApi;
import koinon.testing.openapi.Operation;
import koinon.testing.openapi.SampleValue;
import org.junit.jupiter.api.DynamicTest;
import org.springframework.web.context.WebApplicationContext;

/// Checks who may call which operation of a running application, on resources that a fixture has made:
///
/// ```
/// @TestFactory
/// Stream<DynamicTest> each_line_of_the_access_table_holds() {
///     return AccessMatrix.of("funding", context, new AccessFixture("vn-hanoi", "ph-cebu-city", funder))
///             .where("/funds/{id}", "/funds/" + fund)
///             .sending("POST /api/v1/funds", "{...}")
///             .access();
/// }
/// ```
public final class AccessMatrix {

    private final String process;
    private final RawHttpClient client;
    private final InMemoryClient application;
    private final OpenApi description;
    private final Map<Role, String> bearers = new EnumMap<>(Role.class);
    private final Map<String, String> places = new LinkedHashMap<>();
    private final List<Another> others = new ArrayList<>();
    private final Map<String, String> bodies = new HashMap<>();

    /// Another resource of the same kind.
    private record Another(String when, String part, String made) {}

    private AccessMatrix(String process, WebApplicationContext context, AccessFixture fixture) {
        this.process = process;
        client = new RawHttpClient(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
        application = new InMemoryClient(context);
        description = OpenApi.of(client);
        for (Role role : Role.values()) role.bearer(fixture).ifPresent(it -> bearers.put(role, it));
    }

    /// @param process as the table names it
    /// @param context the running application
    public static AccessMatrix of(String process, WebApplicationContext context, AccessFixture fixture) {
        return new AccessMatrix(process, context, fixture);
    }

    /// Replaces a part of the described paths with a resource that the fixture has made.
    public AccessMatrix where(String part, String made) {
        places.put(part, made);
        return this;
    }

    /// Adds another resource of the same kind for operations that read it. Each gets its own line in the table.
    ///
    /// @param when added to the operation's name: `once published`
    public AccessMatrix also(String when, String part, String made) {
        others.add(new Another(when, part, made));
        return this;
    }

    /// Says which body an operation takes, where one made from its schema would not do.
    ///
    /// @param operation as the table names it
    public AccessMatrix sending(String operation, String body) {
        bodies.put(operation, body);
        return this;
    }

    /// Plays each line of the table `infra/docs/access.md` as each caller with a real token: a test per operation.
    public Stream<DynamicTest> access() {
        return new Access(this, AccessTable.of(process)).tests();
    }

    /// Sends each operation to what is hidden from its caller and to what is not there: a test per operation.
    public Stream<DynamicTest> hidden() {
        return new HiddenResources(this, AccessTable.of(process)).tests();
    }

    /// Sends each operation whatever can be wrong with a request: a test per operation.
    public Stream<DynamicTest> input() {
        return new Input(validRequests(), description).tests();
    }

    /// Sends each operation what the schema of its body admits: a test per operation that takes one.
    public Stream<DynamicTest> admitted() {
        return new ValidBodies(validRequests(), description).tests();
    }

    private ValidRequests validRequests() {
        AccessTable table = AccessTable.of(process);
        return new ValidRequests() {
            @Override
            public RawHttpClient.Request request(Operation operation) {
                return AccessMatrix.this.request(operation, table.callerOf(operation));
            }

            @Override
            public String body(Operation operation) {
                return AccessMatrix.this.body(operation);
            }

            @Override
            public RawHttpClient.Answer send(RawHttpClient.Request request) {
                return client.send(request);
            }
        };
    }

    List<Operation> operations() {
        List<Operation> all = new ArrayList<>(description.operations());
        for (Another other : others)
            description.operations().stream()
                    .filter(it -> it.reads() && it.path().contains(other.part()))
                    .map(it -> new Operation(it.method(), it.path(), other.when(), it.node()))
                    .forEach(all::add);
        return all;
    }

    RawHttpClient.Answer send(RawHttpClient.Request request) {
        return client.send(request);
    }

    /// What the application answers somebody who asks properly; a stream is asked for over HTTP, for it has no end.
    RawHttpClient.Answer playAs(Operation operation, Role role) {
        return operation.answersStream() ? sendAs(operation, role) : application.send(request(operation, role));
    }

    /// The same over HTTP.
    RawHttpClient.Answer sendAs(Operation operation, Role role) {
        return client.send(request(operation, role));
    }

    /// A request with nothing wrong in it.
    RawHttpClient.Request request(Operation operation, Role role) {
        RawHttpClient.Request request =
                RawHttpClient.Request.of(operation.method(), target(operation)).with("If-Match: *");
        if (bearers.containsKey(role)) request = request.with("Authorization: " + bearers.get(role));
        return operation.takesBody() ? request.sending(operation.mediaType(), body(operation)) : request;
    }

    private String target(Operation operation) {
        String target = operation.path();
        for (Another it : others) if (it.when().equals(operation.when())) target = target.replace(it.part(), it.made());
        for (Map.Entry<String, String> it : places.entrySet()) target = target.replace(it.getKey(), it.getValue());
        return target;
    }

    private String body(Operation operation) {
        String given = bodies.get(operation.name());
        return given == null
                ? new SampleValue(description).of(operation.bodySchema()).toString()
                : given;
    }
}
