package koinon.local;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import koinon.local.process.CannotStart;
import koinon.local.system.DataFolder;
import koinon.local.system.LauncherRequests;
import koinon.local.system.Port;
import koinon.local.system.ProcessTable;
import koinon.local.system.Terminal;

/// The commands of `./koinon`, which builds what is missing and then runs this class.
///
/// Environment variables: `KOINON_HOME` is the data folder (default `.koinon` in the project), `KOINON_<NAME>_PORT`
/// a port, `KOINON_COPIES` the number of instances of the gateway and of each service, `KOINON_WITHOUT` the
/// processes that are not started (`cities,gateway-2`; one that runs in a debugger), `KOINON_<NAME>_HEAP` the
/// largest heap of a process (not of the broker), `KOINON_OPTIMISED` the processes that use both compilers
/// (`gateway,projects`): slower to start, twice as fast when warm; `KOINON_RESTARTS` how often a process that ended
/// unexpectedly is restarted within a minute (default 3).
public final class Launcher {

    private static final String USAGE = """
            ./koinon <command>
              up [--copies n] [--with-demo]
                                starts everything; Ctrl-C stops it in order; n copies of gateway and services;
                                an empty system plays the demo first, so that there is something to see
              demo [--keep]     runs the main workflow on an empty system with its own ports; --keep leaves it up
              bench [<row>...]  measures the performance, all rows or the named ones
              chaos [<scenario>...] [--rounds n] [--commands n]
                                breaks two copies of everything under load and checks that nothing was lost
              status            shows the processes
              verify            checks that what is stored equals what was published, and names each difference
              rebuild           rebuilds statuses and timelines from the topics, while the current ones stay in use
              restart <name> [<NAME>=<value>...]
                                restarts one process of the running system; the settings are valid until its next start
              reset [--yes]     deletes the data folder""";

    private final Path root;
    private final Map<String, String> environment;
    private final DataFolder home;
    private final Terminal terminal;

    /// @param root the folder of the project
    Launcher(Path root, Map<String, String> environment, Terminal terminal) {
        this.root = root;
        this.environment = environment;
        String folder = environment.getOrDefault("KOINON_HOME", "");
        this.home = new DataFolder(folder.isBlank() ? root.resolve(".koinon") : Path.of(folder));
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
                case "up" ->
                    new Up(
                                    composition(home, Port.Table.from(environment, copies(arguments))),
                                    arguments.contains("--with-demo"))
                            .run();
                case "demo" -> new Demo(demo(), arguments.contains("--keep")).run();
                case "bench" -> bench(arguments.subList(1, arguments.size()));
                case "chaos" -> chaos(arguments.subList(1, arguments.size()));
                case "status" -> new Status(home, terminal).run();
                case "train" -> train();
                case "verify" -> verify();
                case "rebuild" -> rebuild();
                case "restart" -> restart(arguments);
                case "reset" -> reset(arguments.contains("--yes"));
                case "help", "--help", "-h" -> usage(0);
                default -> {
                    terminal.refuse("There is no command \"" + arguments.getFirst() + "\". These are the commands:");
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

    private Composition composition(DataFolder in, Port.Table ports) {
        return new Composition(root, environment, in, ports, terminal);
    }

    private Composition demo() {
        return composition(within("demo"), Port.Table.free());
    }

    /// The data folder of a command that starts a system of its own.
    private DataFolder within(String command) {
        return new DataFolder(home.folder().resolve(command));
    }

    /// The number of instances: from the option, else from the environment, else 1.
    private int copies(List<String> arguments) {
        int option = arguments.indexOf("--copies");
        String copies = option < 0
                ? environment.getOrDefault("KOINON_COPIES", "1")
                : option + 1 < arguments.size() ? arguments.get(option + 1) : "";
        if (!copies.matches("[1-9]"))
            throw new CannotStart("\"" + copies + "\" is not a valid number of copies: it must be 1 to 9.");
        return Integer.parseInt(copies);
    }

    private int bench(List<String> rows) throws InterruptedException {
        var own = within("bench");
        return new ExternalRun(composition(own, Port.Table.free()), "bench", "koinon.bench.Bench").run(rows);
    }

    /// No command for people: the script runs it after a build, with `-Dkoinon.training=true`.
    private int train() throws InterruptedException {
        var own = within("train");
        own.delete();
        var unnamed = new HashMap<>(environment);
        // Nothing is written into a database that somebody uses.
        unnamed.remove("KOINON_MONGODB_URI");
        return new Train(new Composition(root, unnamed, own, Port.Table.free(), terminal)).run();
    }

    private int verify() throws InterruptedException {
        if (home.isInUse()) return new Verify(ProcessTable.read(home), terminal).run();
        terminal.refuse("Koinon does not run in " + home.folder() + ".");
        return 2;
    }

    private int chaos(List<String> arguments) throws InterruptedException {
        var own = within("chaos");
        if (own.isInUse())
            throw new CannotStart("A chaos run is already running in " + own.folder() + ": wait until it has ended.");
        own.delete();
        return new ExternalRun(composition(own, Port.Table.free()), "chaos", "koinon.chaos.Chaos").run(arguments);
    }

    private int rebuild() throws InterruptedException {
        if (home.isInUse()) return Rebuild.of(ProcessTable.read(home), terminal).run();
        terminal.refuse("Koinon does not run in " + home.folder() + ".");
        return 2;
    }

    private int restart(List<String> arguments) throws InterruptedException {
        if (arguments.size() < 2) return usage(2);
        var settings = new HashMap<String, String>();
        for (String setting : arguments.subList(2, arguments.size())) {
            String[] parts = setting.split("=", 2);
            if (parts.length != 2) return usage(2);
            settings.put(parts[0], parts[1]);
        }
        if (!home.isInUse()) throw new CannotStart("Koinon does not run in " + home.folder() + ".");
        new LauncherRequests(home).restart(arguments.get(1), settings, Duration.ofSeconds(150));
        terminal.say(arguments.get(1) + " is ready again.");
        return 0;
    }

    private int reset(boolean yes) {
        for (DataFolder each : List.of(home, within("demo"), within("bench"), within("chaos"))) {
            if (each.isInUse())
                throw new CannotStart(
                        "Koinon is running in " + each.folder() + ": stop it first (Ctrl-C in its terminal).");
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
