package koinon.testing.doors;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// The doors of a running application, and what a fixture has put behind them:
///
/// ```
/// @TestFactory
/// Stream<DynamicTest> each_door_opens_to_whom_the_table_says() {
///     return Doors.of("funding", port, new Cast("vn-hanoi", "ph-cebu-city", funder))
///             .where("/funds/{id}", "/funds/" + fund)
///             .sending("POST /api/v1/funds", "{...}")
///             .access();
/// }
/// ```
public final class Doors {

    private final String process;
    private final Wire wire;
    private final OpenApi description;
    private final Map<Role, String> bearers = new EnumMap<>(Role.class);
    private final Map<String, String> places = new LinkedHashMap<>();
    private final List<Another> others = new ArrayList<>();
    private final Map<String, String> bodies = new HashMap<>();

    /// Another thing of the same kind.
    private record Another(String when, String part, String made) {}

    private Doors(String process, int port, Cast cast) {
        this.process = process;
        wire = new Wire(port);
        description = OpenApi.of(wire);
        for (Role role : Role.values()) role.bearer(cast).ifPresent(it -> bearers.put(role, it));
    }

    /// @param process as the table names it
    public static Doors of(String process, int port, Cast cast) {
        return new Doors(process, port, cast);
    }

    /// Puts what the fixture has made in the place of a part of the described paths.
    public Doors where(String part, String made) {
        places.put(part, made);
        return this;
    }

    /// Puts another thing of the same kind behind the doors where it is read, which makes a line of its own of each.
    ///
    /// @param when added to the operation's name: `once published`
    public Doors also(String when, String part, String made) {
        others.add(new Another(when, part, made));
        return this;
    }

    /// Says which body an operation takes, where one made from its schema would not do.
    ///
    /// @param operation as the table names it
    public Doors sending(String operation, String body) {
        bodies.put(operation, body);
        return this;
    }

    /// Plays each cell of the table `infra/docs/access.md` with a real token: a test per operation.
    public Stream<DynamicTest> access() {
        return new Access(this, AccessTable.of(process)).tests();
    }

    /// Sends each operation to what is hidden from its caller and to what is not there: a test per operation.
    public Stream<DynamicTest> hidden() {
        return new HiddenResources(this, AccessTable.of(process)).tests();
    }

    /// Sends each operation whatever can be wrong with a request: a test per operation.
    public Stream<DynamicTest> input() {
        return new Input(this, AccessTable.of(process), description).tests();
    }

    /// Sends each operation what the schema of its body admits: a test per operation that takes one.
    public Stream<DynamicTest> admitted() {
        return new Admitted(this, AccessTable.of(process), description).tests();
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

    Wire.Answer send(Wire.Request request) {
        return wire.send(request);
    }

    /// What somebody is answered who asks properly.
    Wire.Answer knock(Operation operation, Role role) {
        return wire.send(request(operation, role));
    }

    /// A request with nothing wrong in it.
    Wire.Request request(Operation operation, Role role) {
        Wire.Request request =
                Wire.Request.of(operation.method(), target(operation)).with("If-Match: *");
        if (bearers.containsKey(role)) request = request.with("Authorization: " + bearers.get(role));
        return operation.takesBody() ? request.sending(operation.mediaType(), body(operation)) : request;
    }

    private String target(Operation operation) {
        String target = operation.path();
        for (Another it : others) if (it.when().equals(operation.when())) target = target.replace(it.part(), it.made());
        for (Map.Entry<String, String> it : places.entrySet()) target = target.replace(it.getKey(), it.getValue());
        return target;
    }

    String body(Operation operation) {
        String given = bodies.get(operation.name());
        return given == null
                ? new Sample(description).of(operation.bodySchema()).toString()
                : given;
    }
}
