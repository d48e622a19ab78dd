package koinon.trials.bench.gateway;

import java.net.URI;
import java.util.List;
import koinon.trials.bench.load.Load;
import koinon.trials.bench.load.Request;
import koinon.trials.bench.reference.PlainGateway;
import koinon.trials.bench.row.Ground;
import koinon.trials.bench.row.Line;
import koinon.trials.bench.row.Row;

/// A read that the gateway asks a service for, beside a plain Spring Cloud Gateway that asks the same service.
final class ProxiedRead implements Row {

    private static final int CONNECTIONS = 16;
    private static final int WARM_UP = 15;
    private static final int SECONDS = 12;

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
        ground.say("gateway");
        var gateway = Load.run(ground, new Load.Plan(stage.system().gateway(), requests, CONNECTIONS, WARM_UP, SECONDS))
                .all(200);
        ground.say("plain Spring Cloud Gateway");
        var cities = URI.create("http://" + stage.system().address("CITIES"));
        try (var plain = Stage.serve(ground, stage.optionsOfTheGateway(), PlainGateway.class, cities.toString())) {
            var reference = Load.run(ground, new Load.Plan(plain.address(), requests, CONNECTIONS, WARM_UP, SECONDS))
                    .all(200);
            return List.of(Line.of("proxied read", gateway.rate())
                    .beside(reference.rate())
                    .atLeastTimes(0.9));
        }
    }
}
