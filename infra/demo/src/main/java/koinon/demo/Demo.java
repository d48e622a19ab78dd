package koinon.demo;

import java.io.PrintStream;
import java.time.Duration;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.client.Unexpected;
import koinon.demo.scenario.Scenario;
import koinon.demo.steps.ScenarioState;

/// Plays the main job through the gateway, from a draft to the balance paid, and ends with 0 only if every
/// expectation held.
final class Demo {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Demo() {}

    public static void main(String... arguments) {
        boolean held;
        try (RunningKoinon world = RunningKoinon.fromEnvironment()) {
            held = play(world, System.out);
        } catch (Unexpected e) {
            System.err.println(e.getMessage());
            held = false;
        }
        System.exit(held ? 0 : 1);
    }

    /// Plays all acts and says what did not hold.
    static boolean play(RunningKoinon world, PrintStream out) {
        ScenarioReport report = new ScenarioReport(world, out, PATIENCE);
        try {
            for (Scenario scenario : Scenario.all(world, report, new ScenarioState())) {
                report.scenario(scenario.title());
                scenario.play();
            }
        } catch (Unexpected e) {
            report.ended(e);
        }
        report.sumUp();
        return report.allHeld();
    }
}
