package koinon.demo.scenario;

import java.util.List;
import java.util.stream.Stream;
import koinon.demo.client.Person;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.steps.ScenarioState;

/// A part of the demo.
public abstract class Scenario {

    final RunningKoinon world;
    final ScenarioReport report;
    final ScenarioState state;

    Scenario(RunningKoinon world, ScenarioReport report, ScenarioState state) {
        this.world = world;
        this.report = report;
        this.state = state;
    }

    /// What it is called on the programme.
    public abstract String title();

    /// Plays it; what must be there from earlier acts is in the plot.
    public abstract void play();

    final Person person(String key) {
        return world.person(key);
    }

    /// All acts, in order.
    public static List<Scenario> all(RunningKoinon world, ScenarioReport report, ScenarioState state) {
        return Stream.concat(
                        beginning(world, report, state).stream(),
                        Stream.of(
                                new Gatherings(world, report, state),
                                new Writing(world, report, state),
                                new Contracting(world, report, state),
                                new Working(world, report, state),
                                new Shortage(world, report, state),
                                new Accounts(world, report, state),
                                new Underway(world, report, state)))
                .toList();
    }

    /// What comes before anybody can propose anything: cities, money and calls.
    public static List<Scenario> beginning(RunningKoinon world, ScenarioReport report, ScenarioState state) {
        return List.of(new Network(world, report, state), new Calls(world, report, state));
    }
}
