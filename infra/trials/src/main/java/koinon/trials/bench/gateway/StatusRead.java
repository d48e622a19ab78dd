package koinon.trials.bench.gateway;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import koinon.trials.bench.load.Load;
import koinon.trials.bench.load.Request;
import koinon.trials.bench.reference.BareTomcat;
import koinon.trials.bench.row.Ground;
import koinon.trials.bench.row.Line;
import koinon.trials.bench.row.Row;

/// One project's status through the gateway, beside a bare Tomcat that sends the same bytes.
final class StatusRead implements Row {

    private static final int CONNECTIONS = 16;
    private static final int WARM_UP = 12;
    private static final int SECONDS = 12;

    @Override
    public String name() {
        return "status-read";
    }

    @Override
    public List<Line> measure(Ground ground) throws Exception {
        var stage = Stage.on(ground);
        var path = "/api/v1/status/projects/" + stage.plot().project;
        String token;
        try (var world = stage.world()) {
            token = world.token("auditor");
        }
        var lines = new ArrayList<Line>();
        for (String as : List.of("", token)) {
            var request = as.isEmpty() ? Request.get(path) : Request.get(path).as(as);
            String what = as.isEmpty() ? "status read, anybody" : "status read, with a token";
            ground.say(what + ": gateway");
            var gateway = Load.run(
                            ground,
                            new Load.Plan(stage.system().gateway(), List.of(request), CONNECTIONS, WARM_UP, SECONDS))
                    .all(200);
            ground.say(what + ": bare Tomcat with the same bytes");
            var bytes = Files.write(
                    ground.folder("jobs").resolve("status.json"),
                    Stage.read(stage.system().gateway().resolve(path), as));
            try (var tomcat = Stage.serve(ground, stage.optionsOfTheGateway(), BareTomcat.class, bytes.toString())) {
                var bare = Load.run(
                                ground,
                                new Load.Plan(tomcat.address(), List.of(request), CONNECTIONS, WARM_UP, SECONDS))
                        .all(200);
                lines.add(Line.of(what, gateway.rate()).beside(bare.rate()).atLeastTimes(0.5));
                lines.add(Line.of(what + ", p99", gateway.latencies().slowestOfAHundred())
                        .beside(bare.latencies().slowestOfAHundred())
                        .below(5));
            }
        }
        return lines;
    }
}
