package koinon.bench.gateway;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import koinon.bench.load.HttpLoad;
import koinon.bench.load.Request;
import koinon.bench.reference.BareTomcat;
import koinon.bench.row.BenchEnvironment;
import koinon.bench.row.ResultLine;
import koinon.bench.row.Row;

/// One project's status through the gateway, beside a bare Tomcat that sends the same bytes.
final class StatusReadRow implements Row {

    private static final int CONNECTIONS = 16;
    private static final int SECONDS = 12;

    @Override
    public String name() {
        return "status-read";
    }

    @Override
    public List<ResultLine> measure(BenchEnvironment environment) throws Exception {
        var demo = DemoSystem.on(environment);
        var path = "/api/v1/status/projects/" + demo.state().project;
        String token;
        try (var world = demo.world()) {
            token = world.token("auditor");
        }
        var lines = new ArrayList<ResultLine>();
        for (String as : List.of("", token)) {
            var request = as.isEmpty() ? Request.get(path) : Request.get(path).as(as);
            String what = as.isEmpty() ? "status read, anybody" : "status read, with a token";
            environment.say(what + ": gateway");
            var gateway = HttpLoad.run(
                            environment,
                            new HttpLoad.Plan(demo.system().gateway(), List.of(request), CONNECTIONS, SECONDS))
                    .withoutFailures();
            environment.say(what + ": bare Tomcat with the same bytes");
            var bytes = Files.write(
                    environment.folder("jobs").resolve("status.json"),
                    DemoSystem.read(demo.system().gateway().resolve(path), as));
            try (var tomcat =
                    DemoSystem.serve(environment, demo.optionsOfTheGateway(), BareTomcat.class, bytes.toString())) {
                var bare = HttpLoad.run(
                                environment,
                                new HttpLoad.Plan(tomcat.address(), List.of(request), CONNECTIONS, SECONDS))
                        .withoutFailures();
                lines.add(ResultLine.of(what, gateway.rate())
                        .beside(bare.rate())
                        .atLeastTimes(0.5)
                        .noting(gateway.conditions()));
                lines.add(ResultLine.of(what + ", p99", gateway.latencies().slowestOfAHundred())
                        .beside(bare.latencies().slowestOfAHundred())
                        .below(5));
            }
        }
        return lines;
    }
}
