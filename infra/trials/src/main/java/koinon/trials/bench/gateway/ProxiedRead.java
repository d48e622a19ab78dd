package koinon.trials.bench.gateway;

import java.net.URI;
import java.util.List;
import koinon.trials.bench.load.Load;
import koinon.trials.bench.load.Request;
import koinon.trials.bench.reference.PlainGateway;
import koinon.trials.bench.row.Figure;
import koinon.trials.bench.row.Ground;
import koinon.trials.bench.row.Line;
import koinon.trials.bench.row.Row;

/// A read that the gateway asks a service for, beside a plain Spring Cloud Gateway that asks the same service.
final class ProxiedRead implements Row {

    private static final int CONNECTIONS = 16;
    private static final int WARM_UP = 6;
    private static final int ROUNDS = 3;
    private static final int SECONDS = 6;

    @Override
    public String name() {
        return "proxied-read";
    }

    @Override
    public List<Line> measure(Ground ground) throws Exception {
        var stage = Stage.on(ground);
        String token;
        try (var world = stage.world()) {
            token = world.token("auditor");
        }
        var requests = List.of(Request.get("/api/v1/cities/vn-hanoi").as(token));
        var cities = URI.create("http://" + stage.system().address("CITIES"));
        try (var plain = Stage.serve(ground, stage.optionsOfTheGateway(), PlainGateway.class, cities.toString())) {
            double ours = 0;
            double reference = 0;
            // In turn, for the service behind them gets faster all the time.
            for (int round = 1; round <= ROUNDS; round++) {
                ground.say("gateway, then a plain Spring Cloud Gateway (%d of %d)".formatted(round, ROUNDS));
                ours += perSecond(ground, stage.system().gateway(), requests) / ROUNDS;
                reference += perSecond(ground, plain.address(), requests) / ROUNDS;
            }
            return List.of(Line.of("proxied read", Figure.perSecond(ours))
                    .beside(Figure.perSecond(reference))
                    .atLeastTimes(0.9)
                    .missedBecause("a token is checked, a rate is counted and a breaker asked, and the plain one does "
                            + "none of it"));
        }
    }

    private static double perSecond(Ground ground, URI server, List<Request> requests) throws Exception {
        return Load.run(ground, new Load.Plan(server, requests, CONNECTIONS, WARM_UP, SECONDS))
                .all(200)
                .perSecond();
    }
}
