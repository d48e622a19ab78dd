package koinon.bench.seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import koinon.bench.row.BenchEnvironment;
import koinon.bench.row.Job;
import koinon.demo.launched.LaunchedSystem;

/// Fills the topics with projects.
public final class Seed implements Job<Seed.Plan, Seed.Result> {

    private static final int AT_ONCE = 1_000;

    /// @param from number of the first project
    /// @param to number after the last
    /// @param whole whether each has its whole life of 20 events, or the 5 that make it active
    public record Plan(String bootstrap, String contracts, int from, int to, boolean whole) {}

    public record Result(long events) {}

    /// Fills the topics of a system, in a process of its own.
    public static Result run(BenchEnvironment environment, LaunchedSystem system, int from, int to, boolean whole)
            throws IOException, InterruptedException {
        var plan = new Plan(system.address("BROKER"), contracts().toString(), from, to, whole);
        return environment.away(Seed.class, plan, Result.class, "384m", Duration.ofMinutes(8));
    }

    /// The id of the project with a number.
    public static String project(int number) {
        return ProjectLife.project(number);
    }

    /// The id of the gathering that a project came from.
    public static String gathering(int number) {
        return ProjectLife.gathering(number);
    }

    /// The position of the last event of a short life.
    public static String lastOfShort(int number) {
        return "project/" + project(number) + "/2";
    }

    /// The folder with the samples.
    public static Path contracts() throws IOException {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent())
            if (Files.isDirectory(at.resolve("infra/contracts"))) return at.resolve("infra/contracts");
        throw new IOException("The folder infra/contracts is not above this one.");
    }

    @Override
    public Result on(Plan plan) throws Exception {
        var life = new ProjectLife(Path.of(plan.contracts()), plan.whole() ? ProjectLife.WHOLE : ProjectLife.SHORT);
        try (var publisher = new Publisher(plan.bootstrap())) {
            for (int number = plan.from(); number < plan.to(); number++) {
                if (ProjectLife.isFirstOfGathering(number)) publisher.publish(List.of(life.announcement(number)));
                publisher.publish(life.of(number));
                if (number % AT_ONCE == 0) publisher.flush();
            }
            publisher.flush();
            return new Result(publisher.count());
        }
    }
}
