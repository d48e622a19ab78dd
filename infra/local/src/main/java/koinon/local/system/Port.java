package koinon.local.system;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import koinon.local.process.CannotStart;
import koinon.local.process.Ports;

/// The processes that listen on this machine, with their default ports; `KOINON_<NAME>_PORT` sets another one.
///
/// The gateway and the services can run in several instances: the second of `cities` is called `cities-2`, listens
/// ten ports above the first, and `KOINON_CITIES_2_PORT` sets another one.
public enum Port {
    GATEWAY(8080, true),
    CITIES(8081, true),
    PROJECTS(8082, true),
    FUNDING(8083, true),
    IDENTITY(8084, false),
    BROKER(9092, false),
    CONTROLLER(9093, false),
    DATABASE(27017, false);

    private static final int APART = 10;

    private final int usual;
    private final boolean inCopies;

    Port(int usual, boolean inCopies) {
        this.usual = usual;
        this.inCopies = inCopies;
    }

    /// The name of its module, and of its process and log if there is one instance.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The name of an instance's process and log.
    ///
    /// @param copy from 1
    public String label(int copy) {
        return copy == 1 ? label() : label() + "-" + copy;
    }

    /// The port of the process with this name.
    public static Port called(String process) {
        return valueOf(process.replaceFirst("-\\d+$", "").toUpperCase(Locale.ROOT));
    }

    /// How to check that it is ready.
    public Readiness readiness() {
        return switch (this) {
            case BROKER, CONTROLLER, DATABASE -> Readiness.listens();
            case GATEWAY, CITIES, PROJECTS, FUNDING, IDENTITY -> Readiness.saysSo();
        };
    }

    private String variable(int copy) {
        return "KOINON_" + label(copy).toUpperCase(Locale.ROOT).replace('-', '_') + "_PORT";
    }

    /// The ports of one running system, one for each instance.
    public record Table(Map<Port, List<Integer>> numbers) {

        /// The default ports, or those that the environment sets.
        ///
        /// @param copies number of instances of the gateway and of each service
        public static Table from(Map<String, String> environment, int copies) {
            var numbers = new EnumMap<Port, List<Integer>>(Port.class);
            for (Port port : values())
                numbers.put(
                        port,
                        IntStream.rangeClosed(1, port.inCopies ? copies : 1)
                                .mapToObj(copy -> port.in(environment, copy))
                                .toList());
            return new Table(numbers);
        }

        /// Free ports, for one instance of each.
        public static Table free() {
            var taken = new HashSet<Integer>();
            var numbers = new EnumMap<Port, List<Integer>>(Port.class);
            for (Port port : values()) {
                int number = Ports.free();
                while (!taken.add(number)) number = Ports.free();
                numbers.put(port, List.of(number));
            }
            return new Table(numbers);
        }

        public int copies(Port port) {
            return numbers.getOrDefault(port, List.of()).size();
        }

        /// The port of the first instance.
        public int of(Port port) {
            return of(port, 1);
        }

        /// @param copy from 1
        public int of(Port port, int copy) {
            return Objects.requireNonNull(numbers.get(port)).get(copy - 1);
        }

        /// `127.0.0.1:<port>` of the first instance.
        public String address(Port port) {
            return "127.0.0.1:" + of(port);
        }

        /// The HTTP addresses of all instances, separated by commas.
        public String urls(Port port) {
            return Objects.requireNonNull(numbers.get(port)).stream()
                    .map(number -> "http://127.0.0.1:" + number)
                    .collect(Collectors.joining(","));
        }

        /// Throws [CannotStart] when one of the ports is in use.
        public void requireFree(Set<Port> needed) {
            for (Port port : needed)
                for (int copy = 1; copy <= copies(port); copy++)
                    if (!Ports.isFree(of(port, copy)))
                        throw new CannotStart("Port " + of(port, copy) + ", which " + port.label(copy)
                                + " needs, is in use by another program: end it, or set " + port.variable(copy)
                                + " to another port.");
        }

        /// The table as environment variables.
        public Map<String, String> environment() {
            return environment(Port.GATEWAY, 1);
        }

        /// The table as environment variables of an instance, which reads its own port from the variable of the
        /// first one.
        public Map<String, String> environment(Port of, int copy) {
            var environment = new HashMap<String, String>();
            for (Port port : numbers.keySet())
                environment.put(port.variable(1), String.valueOf(of(port, port == of ? copy : 1)));
            return environment;
        }
    }

    private int in(Map<String, String> environment, int copy) {
        String set = environment.getOrDefault(variable(copy), "");
        if (set.isBlank()) return usual + (copy - 1) * APART;
        if (set.matches("[0-9]{1,5}") && Integer.parseInt(set) > 0 && Integer.parseInt(set) < 65536)
            return Integer.parseInt(set);
        throw new CannotStart(variable(copy) + " is \"" + set + "\", which is not a port: it must be 1 to 65535.");
    }
}
