package koinon.trials;

import java.io.PrintStream;
import java.time.Duration;
import koinon.trials.act.Act;
import koinon.trials.scene.Plot;
import koinon.trials.world.Story;
import koinon.trials.world.Unexpected;
import koinon.trials.world.World;

/// Plays the main job through the gateway, from a draft to the balance paid, and ends with 0 only if every
/// expectation held.
final class Demo {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Demo() {}

    public static void main(String... arguments) {
        boolean held;
        try (World world = World.fromEnvironment()) {
            held = play(world, System.out);
        } catch (Unexpected e) {
            System.err.println(e.getMessage());
            held = false;
        }
        System.exit(held ? 0 : 1);
    }

    /// Plays all acts and says what did not hold.
    static boolean play(World world, PrintStream out) {
        Story story = new Story(world, out, PATIENCE);
        try {
            for (Act act : Act.all(world, story, new Plot())) {
                story.act(act.title());
                act.play();
            }
        } catch (Unexpected e) {
            story.ended(e);
        }
        story.sumUp();
        return story.allHeld();
    }
}
