package koinon.bench.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import koinon.bench.gateway.DemoSystem;
import koinon.bench.load.Request;
import koinon.bench.load.StreamLoad;
import koinon.bench.row.BenchEnvironment;
import koinon.bench.row.Figure;
import koinon.bench.row.ResultLine;
import koinon.bench.row.Row;
import koinon.demo.client.RunningKoinon;

/// As many open pages as one gateway has streams for.
final class StreamsRow implements Row {

    private static final int STREAMS = 1_000;
    private static final int PROJECTS = 20;
    private static final int PER_SECOND = 5;

    @Override
    public String name() {
        return "streams";
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
        environment.say("%,d streams of items, %d commands/s".formatted(STREAMS, PER_SECOND));
        var plan = new StreamLoad.Plan(
                demo.system().gateway(),
                "/api/v1/status/stream?as=items",
                auditor,
                STREAMS,
                commands,
                PER_SECOND,
                10,
                30,
                Objects.requireNonNull(demo.system().processes().get("gateway")));
        var result = environment.away(StreamLoad.class, plan, StreamLoad.Result.class, "512m", Duration.ofMinutes(3));
        return List.of(
                ResultLine.of("events delivered to %,d streams".formatted(STREAMS), result.delivered())
                        .atLeast(100)
                        .noting("%,d of %,d".formatted(result.seen().count(), result.expected())),
                ResultLine.of(
                                "answer of a command -> %,d streams, p99".formatted(STREAMS),
                                result.seen().slowestOfAHundred())
                        .below(1_000)
                        .noting("%d commands/s, p50 %s"
                                .formatted(PER_SECOND, result.seen().median())),
                ResultLine.of(
                                "heap of the gateway per open stream",
                                new Figure(result.heapOfStreams() / 1_024.0 / STREAMS, "kB"))
                        .below(64)
                        .noting("after a full collection, with the streams open and before"));
    }
}
