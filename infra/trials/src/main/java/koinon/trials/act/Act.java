package koinon.trials.act;

import java.util.List;
import java.util.function.Function;
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
        return Stream.<Function<Plot, Act>>of(
                        it -> new Network(world, story, it),
                        it -> new Money(world, story, it),
                        it -> new Calls(world, story, it),
                        it -> new Writing(world, story, it),
                        it -> new Contracting(world, story, it),
                        it -> new Working(world, story, it),
                        it -> new Ending(world, story, it),
                        it -> new Shortage(world, story, it),
                        it -> new Accounts(world, story, it))
                .map(it -> it.apply(plot))
                .toList();
    }
}
