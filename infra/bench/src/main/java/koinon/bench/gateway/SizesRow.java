package koinon.bench.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import koinon.bench.load.HttpLoad;
import koinon.bench.load.Latencies;
import koinon.bench.load.Request;
import koinon.bench.row.BenchEnvironment;
import koinon.bench.row.Figure;
import koinon.bench.row.ResultLine;
import koinon.bench.row.Row;
import koinon.bench.seed.AtLeastClient;
import koinon.bench.seed.Seed;
import koinon.demo.client.RunningKoinon;
import koinon.demo.launched.LaunchedSystem;
import org.jspecify.annotations.Nullable;

/// Whether a status read, a filtered list, cooperation, the outcome of a gathering and `atLeast` stay as fast when
/// there are a hundred times as many projects.
final class SizesRow implements Row {

    private static final List<Integer> SIZES = List.of(1_000, 10_000, 100_000);
    private static final int CONNECTIONS = 4;

    /// Proposals of a short life end here.
    private static final int NEXT_SEQUENCE = 4;

    @Override
    public String name() {
        return "sizes";
    }

    @Override
    public List<ResultLine> measure(BenchEnvironment environment) throws Exception {
        var lines = new ArrayList<ResultLine>();
        Map<String, Figure> smallest = new LinkedHashMap<>();
        // Nobody reacts to what is seeded: the services that would are left out.
        try (LaunchedSystem broker =
                environment.launch("sizes", Map.of("KOINON_WITHOUT", "identity,cities,projects,funding,gateway"))) {
            Seed.run(environment, broker, 0, 1, false);
        }
        var settings = Map.of(
                "KOINON_WITHOUT", "cities,projects,funding", "KOINON_GATEWAY_HEAP", "2g", "KOINON_DATABASE_HEAP", "4g");
        try (LaunchedSystem system = environment.launchAgain("sizes", settings)) {
            int there = 1;
            int sequence = NEXT_SEQUENCE;
            for (int size : SIZES) {
                environment.say("%,d projects".formatted(size));
                Seed.run(environment, system, there, size, false);
                there = size;
                // The first is measured cold, and would make all that is compared with it look good.
                if (smallest.isEmpty()) measure(environment, system, token(system), size, sequence++);
                for (var one : measure(environment, system, token(system), size, sequence++)
                        .entrySet()) {
                    @Nullable Figure first = smallest.putIfAbsent(one.getKey(), one.getValue());
                    if (first != null)
                        lines.add(ResultLine.of(one.getKey() + ", p99 at %,d projects".formatted(size), one.getValue())
                                .beside(first)
                                .belowTimes(2, 0));
                }
            }
        }
        return lines;
    }

    /// A world remembers every status that it is shown, so it is not kept.
    private static String token(LaunchedSystem system) {
        try (RunningKoinon world = new RunningKoinon(system.gateway(), system.issuer())) {
            return world.token("auditor");
        }
    }

    private static Map<String, Figure> measure(
            BenchEnvironment environment, LaunchedSystem system, String token, int size, int sequence)
            throws Exception {
        awaitAll(system, token, size);
        environment.say("everything is stored %d s later".formatted(Idle.await().toSeconds()));
        var some = IntStream.range(0, 200)
                .mapToObj(it -> Request.get("/api/v1/status/projects/" + Seed.project(it * (size / 200)))
                        .as(token))
                .toList();
        var list = List.of(Request.get("/api/v1/status/projects?phase=ACTIVE&city=vn-hanoi")
                .as(token));
        var figures = new LinkedHashMap<String, Figure>();
        figures.put("status read", paced(environment, system, some, 200));
        figures.put("filtered list", paced(environment, system, list, 100));
        var nothing =
                List.of(Request.get("/api/v1/status/projects?phase=SUSPENDED").as(token));
        figures.put("list that finds nothing", paced(environment, system, nothing, 100));
        var cooperation = List.of(Request.get("/api/v1/status/cooperation").as(token));
        figures.put("cooperation", paced(environment, system, cooperation, 100));
        var outcomes = IntStream.range(0, 20)
                .mapToObj(it -> Request.get("/api/v1/status/gatherings/" + Seed.gathering(it * (size / 20)))
                        .as(token))
                .toList();
        figures.put("what came of a gathering", paced(environment, system, outcomes, 100));
        var plan = new AtLeastClient.Plan(
                system.address("BROKER"), Seed.contracts().toString(), system.gateway(), token, size, sequence, 300);
        figures.put(
                "atLeast",
                environment
                        .away(AtLeastClient.class, plan, Latencies.class, "256m", Duration.ofMinutes(3))
                        .slowestOfAHundred());
        return figures;
    }

    private static Figure paced(
            BenchEnvironment environment, LaunchedSystem system, List<Request> requests, double perSecond)
            throws Exception {
        return HttpLoad.run(environment, new HttpLoad.Plan(system.gateway(), requests, CONNECTIONS, 10).at(perSecond))
                .withoutFailures()
                .latencies()
                .slowestOfAHundred();
    }

    private static void awaitAll(LaunchedSystem system, String token, int size) throws Exception {
        var last = system.gateway()
                .resolve(
                        "/api/v1/status/projects/" + Seed.project(size - 1) + "?atLeast=" + Seed.lastOfShort(size - 1));
        long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (!DemoSystem.answers(last, token)) {
            if (System.nanoTime() > deadline) throw new java.io.IOException("The gateway has not read " + size);
            Thread.sleep(200);
        }
    }
}
