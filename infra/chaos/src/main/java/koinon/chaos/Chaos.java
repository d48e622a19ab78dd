package koinon.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import koinon.chaos.load.ChaosFixture;
import koinon.chaos.proof.LedgerCheck;
import koinon.chaos.proof.TopicCheck;
import koinon.demo.client.RunningKoinon;

/// `./koinon chaos [<scenario>...] [--rounds n] [--commands n]`: breaks Koinon under load and ends with 0 only if
/// every invariant held in every scenario.
///
/// @param rounds how often each scenario breaks and repairs something before everything is checked
/// @param commands how many are to be acknowledged in each scenario at least
record Chaos(List<FaultScenario> scenarios, int rounds, int commands) {

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
        var scenarios = new ArrayList<FaultScenario>();
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
        List<FaultScenario> chosen = scenarios.isEmpty() ? FaultScenario.all() : scenarios;
        int each = commands > 0 ? commands : Math.ceilDiv(COMMANDS, chosen.size());
        return new Chaos(chosen, rounds, each);
    }

    private static int number(String option, String text) {
        if (!text.matches("[1-9][0-9]{0,6}"))
            throw new IllegalArgumentException(option + " needs a number, not \"" + text + "\".");
        return Integer.parseInt(text);
    }

    private static FaultScenario named(String label) {
        return FaultScenario.all().stream()
                .filter(it -> it.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no scenario " + label + "; there are:\n"
                        + FaultScenario.all().stream()
                                .map(it -> String.format(Locale.ROOT, "  %-18s %s", it.label(), it.sentence()))
                                .collect(Collectors.joining("\n"))));
    }

    private boolean run(Path home) throws IOException, InterruptedException {
        System.out.println("Starting two copies of each service and of the gateway in " + home);
        try (ChaosSystem chaos = ChaosSystem.set(home)) {
            var gateways = new ArrayList<RunningKoinon>();
            try {
                for (var gateway : chaos.gateways())
                    gateways.add(
                            new RunningKoinon(List.of(gateway), chaos.system().issuer(), ANSWER, chaos.observer()));
                ChaosReport report = new ChaosReport(System.out, chaos.database());
                play(chaos, gateways, report);
                report.write(home.resolve("chaos.json"));
                System.out.println("As JSON: " + home.resolve("chaos.json"));
                return report.allHeld();
            } finally {
                gateways.forEach(RunningKoinon::close);
            }
        }
    }

    private void play(ChaosSystem chaos, List<RunningKoinon> gateways, ChaosReport report) throws InterruptedException {
        ChaosFixture fixture = ChaosFixture.laid(gateways.getFirst());
        try (TopicCheck topics = new TopicCheck(chaos.system().address("BROKER"))) {
            LedgerCheck ledger = new LedgerCheck(gateways.getFirst());
            ChaosRun run = new ChaosRun(chaos, fixture, gateways, ledger, topics, rounds, commands);
            for (FaultScenario scenario : scenarios) {
                try {
                    report.add(run.of(scenario));
                } catch (InterruptedException e) {
                    throw e;
                } catch (ChaosSystem.Skipped e) {
                    report.skip(scenario, e.getMessage());
                } catch (Exception e) {
                    report.add(ChaosResult.failed(scenario.label(), rounds, e));
                }
            }
            report.sumUp(topics.events(), topics.again());
        }
    }
}
