package koinon.bench.gateway;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import koinon.bench.reference.ReadAll;
import koinon.bench.row.BenchEnvironment;
import koinon.bench.row.Figure;
import koinon.bench.row.ResultLine;
import koinon.bench.row.Row;
import koinon.bench.seed.Seed;
import koinon.demo.launched.LaunchedSystem;
import org.bson.Document;

/// A gateway that starts with nothing stored folds everything that ever happened, and one that has stored it reads
/// on.
final class RebuildRow implements Row {

    private static final int PROJECTS = 20_000;
    private static final String ONLY_BROKER = "identity,cities,projects,funding,gateway";

    /// Nobody reacts to what is seeded: the services that would are left out.
    private static final Map<String, String> NO_SERVICES = Map.of(
            "KOINON_WITHOUT",
            "identity,cities,projects,funding",
            "KOINON_GATEWAY_HEAP",
            "1g",
            "KOINON_DATABASE_HEAP",
            "2g");

    private static final Duration STORED = Duration.ofMinutes(15);
    private static final Pattern READY = Pattern.compile("✔ gateway +([0-9.]+) s");

    @Override
    public String name() {
        return "rebuild";
    }

    @Override
    public List<ResultLine> measure(BenchEnvironment environment) throws Exception {
        try (LaunchedSystem broker = environment.launch("rebuild", Map.of("KOINON_WITHOUT", ONLY_BROKER))) {
            Seed.run(environment, broker, 0, 1, true);
        }
        environment.say("the gateway starts with next to nothing");
        double none = start(environment, 1);
        environment.say("%,d projects are written into the topics".formatted(PROJECTS));
        long events;
        ReadAll.Result read;
        try (LaunchedSystem broker = environment.launchAgain("rebuild", Map.of("KOINON_WITHOUT", ONLY_BROKER))) {
            events = Seed.run(environment, broker, 1, PROJECTS, true).events();
            var plan = new ReadAll.Plan(broker.address("BROKER"));
            read = environment.away(ReadAll.class, plan, ReadAll.Result.class, "256m", Duration.ofMinutes(2));
        }
        environment.say("the gateway folds %,d events".formatted(events));
        double folding = start(environment, events);
        environment.say("the gateway starts again");
        double again = start(environment, events);
        return List.of(
                ResultLine.of(
                                "rebuilding %,d projects".formatted(PROJECTS),
                                Figure.perSecond(events / (folding - none)))
                        .beside(Figure.perSecond(read.events() / read.seconds()))
                        .atLeast(20_000)
                        .noting("%,d events; ready after %.1f s, with next to nothing to read after %.1f s"
                                .formatted(events, folding, none)),
                ResultLine.of("start with %,d stored statuses".formatted(PROJECTS), new Figure(again, "s"))
                        .beside(new Figure(none, "s"))
                        .belowTimes(1, 5)
                        .noting("from the start of the process until it is ready; the reference has none stored"));
    }

    /// In seconds, from the start of the process until it is ready, as the launcher says it.
    ///
    /// @param events how many have to be stored before it ends
    private static double start(BenchEnvironment environment, long events) throws IOException, InterruptedException {
        try (LaunchedSystem system = environment.launchAgain("rebuild", NO_SERVICES);
                MongoClient client = MongoClients.create(system.databaseUri())) {
            var ready = READY.matcher(system.said());
            if (!ready.find()) throw new IOException("The launcher does not say when the gateway was ready.");
            var offsets = client.getDatabase(system.database("gateway")).getCollection("offsets");
            long end = System.nanoTime() + STORED.toNanos();
            while (!areStored(offsets.find(), events)) {
                if (System.nanoTime() > end) throw new IOException("What the gateway has read is not stored.");
                Thread.sleep(Duration.ofMillis(500));
            }
            return Double.parseDouble(ready.group(1));
        }
    }

    /// Whether statuses and timelines contain so many events.
    private static boolean areStored(Iterable<Document> collections, long events) {
        int full = 0;
        for (Document it : collections) {
            long stored = it.values().stream()
                    .mapToLong(next -> next instanceof Long number ? number : 0)
                    .sum();
            if (stored >= events) full++;
        }
        return full >= 2;
    }
}
