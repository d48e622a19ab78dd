package koinon.local;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import koinon.local.process.CannotStart;
import koinon.local.system.Home;
import koinon.local.system.Port;
import koinon.local.system.ProcessTable;
import koinon.local.system.Requests;
import koinon.local.system.Terminal;

/// The commands of `./koinon`, which builds what is missing and then comes here.
///
/// The environment says where: `KOINON_HOME` is the data folder (`.koinon` in the project), `KOINON_<NAME>_PORT` a
/// port, `KOINON_COPIES` how many copies there are of the gateway and of each service, `KOINON_WITHOUT` who is not
/// started (`cities,gateway-2`: one that runs in a debugger), `KOINON_<NAME>_HEAP` the largest heap of one (not of the
/// broker), `KOINON_OPTIMISED` who is compiled twice (`gateway,projects`): slower to start, twice as fast when warm,
/// `KOINON_RESTARTS` how often a process that died is started again within a minute (3).
public final class Launcher {

    private static final String USAGE = """
            ./koinon <command>
              up [--copies n]   starts everything and stays; Ctrl-C stops it in order; n copies of gateway and services
              demo [--keep]     plays the main job on an empty system with ports of its own; --keep leaves it up
              bench [<row>...]  measures how fast it is, all rows or those that are named
              chaos [<scenario>...] [--rounds n] [--commands n]
                                breaks two copies of everything under load and checks that nothing was lost
              status            shows the processes
              verify            proves that what is stored is what was published, and names each difference
              rebuild           builds statuses and timelines anew from the topics, beside those that serve
              restart <name> [<NAME>=<value>...]
                                restarts one process of the system that is up, with these settings until the next time
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
                case "up" -> new Up(composition(home, Port.Table.from(environment, copies(arguments)))).run();
                case "demo" -> new Demo(demo(), arguments.contains("--keep")).run();
                case "bench" -> bench(arguments.subList(1, arguments.size()));
                case "chaos" -> chaos(arguments.subList(1, arguments.size()));
                case "status" -> new Status(home, terminal).run();
                case "verify" -> verify();
                case "rebuild" -> rebuild();
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
        return composition(within("demo"), Port.Table.free());
    }

    /// The data folder of a command that starts a system of its own.
    private Home within(String command) {
        return new Home(home.folder().resolve(command));
    }

    /// As the option says, else the environment, else one.
    private int copies(List<String> arguments) {
        int option = arguments.indexOf("--copies");
        String copies = option < 0
                ? environment.getOrDefault("KOINON_COPIES", "1")
                : option + 1 < arguments.size() ? arguments.get(option + 1) : "";
        if (!copies.matches("[1-9]"))
            throw new CannotStart("\"" + copies + "\" is not a number of copies: it can be 1 to 9.");
        return Integer.parseInt(copies);
    }

    private int bench(List<String> rows) throws InterruptedException {
        var own = within("bench");
        return new Trial(composition(own, Port.Table.free()), "koinon.trials.bench.Bench").run(rows);
    }

    private int verify() throws InterruptedException {
        if (home.isInUse()) return new Verify(ProcessTable.read(home), terminal).run();
        terminal.refuse("Koinon does not run in " + home.folder() + ".");
        return 2;
    }

    private int chaos(List<String> arguments) throws InterruptedException {
        var own = within("chaos");
        if (own.isInUse()) throw new CannotStart("Chaos reigns already in " + own.folder() + ".");
        own.delete();
        return new Trial(composition(own, Port.Table.free()), "koinon.trials.chaos.Chaos").run(arguments);
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
        new Requests(home).restart(arguments.get(1), settings, Duration.ofSeconds(150));
        terminal.say(arguments.get(1) + " is ready again.");
        return 0;
    }

    private int reset(boolean yes) {
        for (Home each : List.of(home, within("demo"), within("bench"), within("chaos"))) {
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
