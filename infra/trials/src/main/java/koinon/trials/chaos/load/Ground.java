package koinon.trials.chaos.load;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import koinon.trials.act.Act;
import koinon.trials.scene.Plot;
import koinon.trials.world.Story;
import koinon.trials.world.World;

/// What must be there before anybody can work: cities, two funds and a call of both.
///
/// @param call whose proposals need three partners of three countries
public record Ground(String ifcdFund, String aseanFund, String call) {

    /// Plays the beginning of the story.
    public static Ground laid(World world) {
        Plot plot = new Plot();
        Story story = new Story(world, nowhere(), Duration.ofSeconds(60));
        for (Act act : Act.beginning(world, story, plot)) act.play();
        if (!story.allHeld()) throw new koinon.trials.world.Unexpected(String.join("; ", story.broken()));
        return new Ground(plot.ifcdFund, plot.aseanFund, plot.jointCall);
    }

    /// What is told there nobody hears.
    static PrintStream nowhere() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }
}
