package koinon.trials.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import koinon.trials.chaos.load.Ground;
import koinon.trials.chaos.proof.Books;
import koinon.trials.chaos.proof.Topics;
import koinon.trials.world.World;

/// `./koinon chaos [<scenario>...] [--rounds n] [--commands n]`: breaks Koinon under load and ends with 0 only if
/// every invariant held in every scenario.
///
/// @param rounds how often each scenario breaks and mends something before it is proved that all is well
/// @param commands how many are to be acknowledged in each scenario at least
record Chaos(List<Scenario> scenarios, int rounds, int commands) {

    /// In one whole run.
    private static final int COMMANDS = 10_000;

    private static final Duration ANSWER = Duration.ofSeconds(40);

    public static void main(String... arguments) throws Exception {
        Chaos chaos;
        try {
            chaos = of(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        System.exit(chaos.run(Path.of(System.getenv().getOrDefault("KOINON_HOME", ".koinon/chaos"))) ? 0 : 1);
    }

    private static Chaos of(List<String> arguments) {
        var scenarios = new ArrayList<Scenario>();
        int rounds = 1;
        int commands = 0;
        for (var words = arguments.iterator(); words.hasNext(); ) {
            String word = words.next();
            switch (word) {
                case "--rounds" -> rounds = number(word, words.hasNext() ? words.next() : "");
                case "--commands" -> commands = number(word, words.hasNext() ? words.next() : "");
                default -> scenarios.add(named(word));
            }
        }
        List<Scenario> chosen = scenarios.isEmpty() ? Scenario.all() : scenarios;
        int each = commands > 0 ? commands : Math.ceilDiv(COMMANDS, chosen.size());
        return new Chaos(chosen, rounds, each);
    }

    private static int number(String option, String text) {
        if (!text.matches("[1-9][0-9]{0,6}"))
            throw new IllegalArgumentException(option + " needs a number, not \"" + text + "\".");
        return Integer.parseInt(text);
    }

    private static Scenario named(String label) {
        return Scenario.all().stream()
                .filter(it -> it.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no scenario " + label + "; there are:\n"
                        + Scenario.all().stream()
                                .map(it -> String.format(Locale.ROOT, "  %-18s %s", it.label(), it.sentence()))
                                .collect(Collectors.joining("\n"))));
    }

    private boolean run(Path home) throws IOException, InterruptedException {
        System.out.println("Starting two copies of each service and of the gateway in " + home);
        try (Stage stage = Stage.set(home)) {
            var doors = new ArrayList<World>();
            try {
                for (var gateway : stage.gateways())
                    doors.add(new World(List.of(gateway), stage.system().issuer(), ANSWER, stage.witness()));
                Report report = new Report(System.out, stage.database());
                play(stage, doors, report);
                report.write(home.resolve("chaos.json"));
                System.out.println("As JSON: " + home.resolve("chaos.json"));
                return report.allHeld();
            } finally {
                doors.forEach(World::close);
            }
        }
    }

    private void play(Stage stage, List<World> doors, Report report) throws InterruptedException {
        Ground ground = Ground.laid(doors.getFirst());
        try (Topics topics = new Topics(stage.system().address("BROKER"))) {
            Books books = new Books(doors.getFirst());
            Trial trial = new Trial(stage, ground, doors, books, topics, rounds, commands);
            for (Scenario scenario : scenarios) {
                try {
                    report.add(trial.of(scenario));
                } catch (InterruptedException e) {
                    throw e;
                } catch (Stage.Skipped e) {
                    report.skip(scenario, e.getMessage());
                } catch (Exception e) {
                    report.add(Row.failed(scenario.label(), rounds, e));
                }
            }
            report.sumUp(topics.events(), topics.again());
        }
    }
}
