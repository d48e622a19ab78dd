package koinon.bench.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import koinon.bench.load.Request;
import koinon.bench.load.StreamLoad;
import koinon.bench.row.BenchEnvironment;
import koinon.bench.row.ResultLine;
import koinon.bench.row.Row;
import koinon.demo.client.RunningKoinon;

/// From a command's answer to the new status on open streams, each of which shows everything to an auditor.
final class StreamRow implements Row {

    private static final int PROJECTS = 100;
    private static final int STREAMS = 200;
    private static final int PER_SECOND = 100;

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public List<ResultLine> measure(BenchEnvironment environment) throws Exception {
        var demo = DemoSystem.on(environment);
        var commands = new ArrayList<Request>();
        String auditor;
        try (RunningKoinon world = demo.world()) {
            auditor = world.token("auditor");
            for (int project = 0; project < PROJECTS; project++) commands.add(demo.titleChange(world));
        }
        environment.say(STREAMS + " streams, " + PER_SECOND + " commands/s");
        var plan = new StreamLoad.Plan(
                demo.system().gateway(),
                "/api/v1/status/stream",
                auditor,
                STREAMS,
                commands,
                PER_SECOND,
                10,
                20,
                Objects.requireNonNull(demo.system().processes().get("gateway")));
        var result = environment.away(StreamLoad.class, plan, StreamLoad.Result.class, "384m", Duration.ofMinutes(2));
        String seen = "%,d of %,d seen; every stream shows every project"
                .formatted(result.seen().count(), result.expected());
        return List.of(
                ResultLine.of("of all changes, seen on the streams", result.delivered())
                        .atLeast(99)
                        .noting("a change that another one follows at once may be sent as one"),
                ResultLine.of(
                                "answer of a command -> stream, p50",
                                result.seen().median())
                        .below(10)
                        .noting(seen),
                ResultLine.of(
                                "answer of a command -> stream, p99",
                                result.seen().slowestOfAHundred())
                        .below(50)
                        .missedBecause(
                                "20,000 sends/s, their readers and the commands share the processors; while one of "
                                        + "them collects garbage or compiles, all wait"));
    }
}
