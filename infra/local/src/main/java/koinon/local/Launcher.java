package koinon.local;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import koinon.local.process.CannotStart;
import koinon.local.system.Home;
import koinon.local.system.Port;
import koinon.local.system.Requests;
import koinon.local.system.Terminal;

/// The commands of `./koinon`, which builds what is missing and then comes here.
///
/// The environment says where: `KOINON_HOME` is the data folder (`.koinon` in the project), `KOINON_<NAME>_PORT` a
/// port.
public final class Launcher {

    private static final String USAGE = """
            ./koinon <command>
              up                starts everything and stays; Ctrl-C stops it in order
              demo [--keep]     plays the main job on an empty system with ports of its own; --keep leaves it up
              status            shows the processes
              restart <name>    restarts one process of the system that is up
              reset [--yes]     deletes the data folder""";

    private final Path root;
    private final Map<String, String> environment;
    private final Home home;
    private final Terminal terminal;

    /// @param root the folder of the project
    Launcher(Path root, Map<String, String> environment, Terminal terminal) {
        this.root = root;
        this.environment = environment;
        String folder = environment.getOrDefault("KOINON_HOME", "");
        this.home = new Home(folder.isBlank() ? root.resolve(".koinon") : Path.of(folder));
        this.terminal = terminal;
    }

    public static void main(String... arguments) {
        var root = Path.of(System.getProperty("koinon.root", ""));
        var terminal = new Terminal(System.out, System.err, Boolean.getBoolean("koinon.screen"));
        System.exit(new Launcher(root, System.getenv(), terminal).run(List.of(arguments)));
    }

    int run(List<String> arguments) {
        try {
            return switch (arguments.isEmpty() ? "help" : arguments.getFirst()) {
                case "up" -> new Up(composition(home, Port.Table.from(environment))).run();
                case "demo" -> new Demo(demo(), arguments.contains("--keep")).run();
                case "status" -> new Status(home, terminal).run();
                case "restart" -> restart(arguments);
                case "reset" -> reset(arguments.contains("--yes"));
                case "help", "--help", "-h" -> usage(0);
                default -> {
                    terminal.refuse("There is no command \"" + arguments.getFirst() + "\".");
                    yield usage(2);
                }
            };
        } catch (CannotStart e) {
            terminal.refuse(e.getMessage());
            return 1;
        } catch (InterruptedException _) {
            return 130;
        }
    }

    private Composition composition(Home in, Port.Table ports) {
        return new Composition(root, environment, in, ports, terminal);
    }

    private Composition demo() {
        return composition(new Home(home.folder().resolve("demo")), Port.Table.free());
    }

    private int restart(List<String> arguments) throws InterruptedException {
        if (arguments.size() != 2) return usage(2);
        if (!home.isInUse()) throw new CannotStart("Koinon does not run in " + home.folder() + ".");
        new Requests(home).restart(arguments.get(1), Duration.ofSeconds(150));
        terminal.say(arguments.get(1) + " is ready again.");
        return 0;
    }

    private int reset(boolean yes) {
        for (Home each : List.of(home, new Home(home.folder().resolve("demo")))) {
            if (each.isInUse())
                throw new CannotStart("Koinon runs in " + each.folder() + ": stop it first (Ctrl-C where it runs).");
        }
        if (!yes && !confirmed()) {
            terminal.say("Nothing was deleted.");
            return 1;
        }
        home.delete();
        terminal.say(home.folder() + " is deleted.");
        return 0;
    }

    private boolean confirmed() {
        System.out.print("Delete " + home.folder() + " with all its data? Type yes: ");
        System.out.flush();
        var input = new Scanner(System.in, StandardCharsets.UTF_8);
        return input.hasNextLine() && input.nextLine().strip().equals("yes");
    }

    private int usage(int exitCode) {
        if (exitCode == 0) terminal.say(USAGE);
        else terminal.refuse(USAGE);
        return exitCode;
    }
}
