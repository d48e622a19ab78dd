package koinon.trials.bench.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import koinon.trials.bench.load.Load;
import koinon.trials.bench.load.Request;
import koinon.trials.bench.reference.RawInserts;
import koinon.trials.bench.row.Figure;
import koinon.trials.bench.row.Ground;
import koinon.trials.bench.row.Line;
import koinon.trials.bench.row.Row;
import koinon.trials.world.Reply;
import koinon.trials.world.World;

/// A command through the gateway, with token, Idempotency-Key and ETag, beside inserts of the document that it saves.
final class Commands implements Row {

    private static final int CONNECTIONS = 16;
    /// The second compiler needs as long on slow processors.
    private static final int WARM_UP = 40;
    private static final int WARM_UP_OF_INSERTS = 12;
    private static final int SECONDS = 12;

    @Override
    public String name() {
        return "command";
    }

    @Override
    public List<Line> measure(Ground ground) throws Exception {
        var stage = Stage.on(ground);
        var funds = new ArrayList<String>();
        String token;
        try (World world = stage.world()) {
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
        ground.say("commands");
        var commands = Load.run(
                        ground, new Load.Plan(stage.system().gateway(), requests, CONNECTIONS, WARM_UP, SECONDS))
                .all(200);
        ground.say("raw inserts of such a document");
        var inserts = ground.away(
                RawInserts.class,
                new RawInserts.Plan(
                        stage.system().databaseUri(),
                        stage.system().database("funding"),
                        "funds",
                        funds.getFirst(),
                        CONNECTIONS,
                        WARM_UP_OF_INSERTS,
                        SECONDS),
                RawInserts.Result.class,
                "256m",
                Duration.ofMinutes(2));
        return List.of(Line.of("commands through the gateway", commands.rate())
                .beside(Figure.perSecond(inserts.perSecond()))
                .atLeastTimes(0.25)
                .noting("p99 " + commands.latencies().slowestOfAHundred())
                .missedBecause(
                        "a command reads its aggregate, saves it, empties its outbox and is listed in the ledger, "
                                + "four times what an insert asks of the database, and gateway, service, broker and database "
                                + "share the processors"));
    }

    private static String open(World world, int number) throws IOException {
        Reply opened = world.person("ifcd-officer-1")
                .post("/funds", Map.of("funder", "xm-dac-41304", "name", "Bench " + number, "currency", "USD"));
        if (!opened.isFine()) throw new IOException("A fund could not be opened: " + opened.said());
        return opened.id();
    }
}
