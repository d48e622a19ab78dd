package koinon.chaos.load;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.scenario.Scenario;
import koinon.demo.steps.ScenarioState;

/// What must be there before anybody can work: cities, two funds and a call of both.
///
/// @param call whose proposals need three partners of three countries
public record ChaosFixture(String ifcdFund, String aseanFund, String call) {

    /// Plays the first scenarios of the demo.
    public static ChaosFixture laid(RunningKoinon world) {
        ScenarioState state = new ScenarioState();
        ScenarioReport report = new ScenarioReport(world, nowhere(), Duration.ofSeconds(60));
        for (Scenario scenario : Scenario.beginning(world, report, state)) scenario.play();
        if (!report.allHeld()) throw new koinon.demo.client.Unexpected(String.join("; ", report.broken()));
        return new ChaosFixture(state.ifcdFund, state.aseanFund, state.jointCall);
    }

    /// Discards what is printed.
    static PrintStream nowhere() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }
}
