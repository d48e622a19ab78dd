package koinon.bench.gateway;

import java.net.URI;
import java.util.List;
import koinon.bench.load.HttpLoad;
import koinon.bench.load.Request;
import koinon.bench.reference.PlainGateway;
import koinon.bench.row.BenchEnvironment;
import koinon.bench.row.Figure;
import koinon.bench.row.ResultLine;
import koinon.bench.row.Row;

/// A read that the gateway asks a service for, beside a plain Spring Cloud Gateway that asks the same service.
final class ProxiedReadRow implements Row {

    private static final int CONNECTIONS = 16;
    private static final int ROUNDS = 3;
    private static final int SECONDS = 6;

    @Override
    public String name() {
        return "proxied-read";
    }

    @Override
    public List<ResultLine> measure(BenchEnvironment environment) throws Exception {
        var demo = DemoSystem.on(environment);
        String token;
        try (var world = demo.world()) {
            token = world.token("auditor");
        }
        var requests = List.of(Request.get("/api/v1/cities/vn-hanoi").as(token));
        var cities = URI.create("http://" + demo.system().address("CITIES"));
        try (var plain =
                DemoSystem.serve(environment, demo.optionsOfTheGateway(), PlainGateway.class, cities.toString())) {
            double ours = 0;
            double reference = 0;
            String conditions = "";
            // In turn, for the service behind them gets faster all the time.
            for (int round = 1; round <= ROUNDS; round++) {
                environment.say("gateway, then a plain Spring Cloud Gateway (%d of %d)".formatted(round, ROUNDS));
                HttpLoad.Result gateway = load(environment, demo.system().gateway(), requests);
                ours += gateway.perSecond() / ROUNDS;
                conditions = gateway.conditions();
                reference += load(environment, plain.address(), requests).perSecond() / ROUNDS;
            }
            return List.of(ResultLine.of("proxied read", Figure.perSecond(ours))
                    .beside(Figure.perSecond(reference))
                    .atLeastTimes(0.9)
                    .noting(conditions)
                    .missedBecause("a token is checked, a rate is counted and a breaker asked, and the plain one does "
                            + "none of it"));
        }
    }

    private static HttpLoad.Result load(BenchEnvironment environment, URI server, List<Request> requests)
            throws Exception {
        return HttpLoad.run(environment, new HttpLoad.Plan(server, requests, CONNECTIONS, SECONDS))
                .withoutFailures();
    }
}
