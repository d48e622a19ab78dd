package koinon.bench.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import koinon.bench.load.HttpLoad;
import koinon.bench.load.Request;
import koinon.bench.reference.RawInserts;
import koinon.bench.row.BenchEnvironment;
import koinon.bench.row.Figure;
import koinon.bench.row.ResultLine;
import koinon.bench.row.Row;
import koinon.demo.client.Reply;
import koinon.demo.client.RunningKoinon;

/// A command through the gateway, with token, Idempotency-Key and ETag, beside inserts of the document that it
/// saves.
final class CommandRow implements Row {

    private static final int CONNECTIONS = 16;
    private static final int WARM_UP_OF_INSERTS = 12;
    private static final int SECONDS = 12;

    @Override
    public String name() {
        return "command";
    }

    @Override
    public List<ResultLine> measure(BenchEnvironment environment) throws Exception {
        var demo = DemoSystem.on(environment);
        var funds = new ArrayList<String>();
        String token;
        try (RunningKoinon world = demo.world()) {
            token = world.token("ifcd-officer-1");
            for (int fund = 0; fund < CONNECTIONS; fund++) funds.add(open(world, fund));
        }
        var requests = funds.stream()
                .map(fund -> Request.json(
                                "POST",
                                "/api/v1/funds/" + fund + "/envelope-increase",
                                "{\"amount\": {\"amount\": \"1.00\", \"currency\": \"USD\"}, \"reason\": \"Gift {n}\"}")
                        .as(token)
                        .with("Idempotency-Key", "{uuid}")
                        .with("If-Match", "{etag}"))
                .toList();
        environment.say("commands");
        var commands = HttpLoad.run(
                        environment, new HttpLoad.Plan(demo.system().gateway(), requests, CONNECTIONS, SECONDS))
                .withoutFailures();
        environment.say("raw inserts of such a document");
        var inserts = environment.away(
                RawInserts.class,
                new RawInserts.Plan(
                        demo.system().databaseUri(),
                        demo.system().database("funding"),
                        "funds",
                        funds.getFirst(),
                        CONNECTIONS,
                        WARM_UP_OF_INSERTS,
                        SECONDS),
                RawInserts.Result.class,
                "256m",
                Duration.ofMinutes(2));
        return List.of(ResultLine.of("commands through the gateway", commands.rate())
                .beside(Figure.perSecond(inserts.perSecond()))
                .atLeastTimes(0.25)
                .noting("p99 " + commands.latencies().slowestOfAHundred() + ", " + commands.conditions())
                .missedBecause("a command reads its aggregate, saves it, is published and is listed in the ledger, "
                        + "four times what an insert asks of the database, and gateway, service, broker and database "
                        + "share the processors"));
    }

    private static String open(RunningKoinon world, int number) throws IOException {
        Reply opened = world.person("ifcd-officer-1")
                .post("/funds", Map.of("funder", "xm-dac-41304", "name", "Bench " + number, "currency", "USD"));
        if (!opened.isFine()) throw new IOException("A fund could not be opened: " + opened.said());
        return opened.id();
    }
}
