package koinon.local.system;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import koinon.local.process.CannotStart;
import koinon.local.process.Ports;

/// What listens on this machine, with its usual port; `KOINON_<NAME>_PORT` sets another.
public enum Port {
    GATEWAY(8080),
    CITIES(8081),
    PROJECTS(8082),
    FUNDING(8083),
    IDENTITY(8084),
    BROKER(9092),
    CONTROLLER(9093),
    DATABASE(27017);

    private final int usual;

    Port(int usual) {
        this.usual = usual;
    }

    /// The name of its process, its module and its log.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// How to see that it serves.
    public Readiness readiness() {
        return switch (this) {
            case BROKER, CONTROLLER, DATABASE -> Readiness.listens();
            case GATEWAY, CITIES, PROJECTS, FUNDING, IDENTITY -> Readiness.saysSo();
        };
    }

    String variable() {
        return "KOINON_" + name() + "_PORT";
    }

    /// Which port each one has in one running system.
    public record Table(Map<Port, Integer> numbers) {

        /// The usual ports, or those that the environment sets.
        public static Table from(Map<String, String> environment) {
            var numbers = new EnumMap<Port, Integer>(Port.class);
            for (Port port : values()) numbers.put(port, port.in(environment));
            return new Table(numbers);
        }

        /// Ports that nobody uses now.
        public static Table free() {
            var numbers = new EnumMap<Port, Integer>(Port.class);
            for (Port port : values()) {
                int number = Ports.free();
                while (numbers.containsValue(number)) number = Ports.free();
                numbers.put(port, number);
            }
            return new Table(numbers);
        }

        public int of(Port port) {
            return numbers.getOrDefault(port, port.usual);
        }

        /// `127.0.0.1:<port>`
        public String address(Port port) {
            return "127.0.0.1:" + of(port);
        }

        /// Refuses, with what to do, when one of them is taken.
        public void requireFree(Set<Port> needed) {
            needed.forEach(port -> {
                int number = of(port);
                if (!Ports.isFree(number))
                    throw new CannotStart("Port " + number + ", which " + port.label()
                            + " needs, is in use by another program: end it, or set " + port.variable()
                            + " to another port.");
            });
        }

        /// The table as the processes read it.
        public Map<String, String> environment() {
            var environment = new HashMap<String, String>();
            numbers.forEach((port, number) -> environment.put(port.variable(), number.toString()));
            return environment;
        }
    }

    private int in(Map<String, String> environment) {
        String set = environment.getOrDefault(variable(), "");
        if (set.isBlank()) return usual;
        if (set.matches("[0-9]{1,5}") && Integer.parseInt(set) > 0 && Integer.parseInt(set) < 65536)
            return Integer.parseInt(set);
        throw new CannotStart(variable() + " is \"" + set + "\", which is not a port (1 to 65535).");
    }
}
