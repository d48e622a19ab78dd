package koinon.trials.act;

import java.util.List;
import java.util.stream.Stream;
import koinon.trials.scene.Plot;
import koinon.trials.world.Person;
import koinon.trials.world.Story;
import koinon.trials.world.World;

/// A part of the story.
public abstract class Act {

    final World world;
    final Story story;
    final Plot plot;

    Act(World world, Story story, Plot plot) {
        this.world = world;
        this.story = story;
        this.plot = plot;
    }

    /// What it is called on the programme.
    public abstract String title();

    /// Plays it; what must be there from earlier acts is in the plot.
    public abstract void play();

    final Person person(String key) {
        return world.person(key);
    }

    /// All acts, in order.
    public static List<Act> all(World world, Story story, Plot plot) {
        return Stream.concat(
                        beginning(world, story, plot).stream(),
                        Stream.of(
                                new Writing(world, story, plot),
                                new Contracting(world, story, plot),
                                new Working(world, story, plot),
                                new Ending(world, story, plot),
                                new Shortage(world, story, plot),
                                new Accounts(world, story, plot)))
                .toList();
    }

    /// What comes before anybody can propose anything: cities, money and calls.
    public static List<Act> beginning(World world, Story story, Plot plot) {
        return List.of(new Network(world, story, plot), new Money(world, story, plot), new Calls(world, story, plot));
    }
}
