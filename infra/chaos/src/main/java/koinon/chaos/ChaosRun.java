package koinon.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import koinon.chaos.load.ChaosFixture;
import koinon.chaos.load.ChaosLoad;
import koinon.chaos.load.Journal;
import koinon.chaos.proof.GatewayComparison;
import koinon.chaos.proof.LedgerCheck;
import koinon.chaos.proof.TopicCheck;
import koinon.demo.client.Reply;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.Unexpected;

/// People work, something breaks and is mended, as often as it is said, everything becomes quiet, and every
/// invariant is checked.
///
/// @param gateways a world for each copy of the gateway
/// @param ledger the money, which must be right
/// @param topics what has been read of them so far
/// @param rounds how often it breaks
/// @param commands how many are to be acknowledged at least
record ChaosRun(
        ChaosSystem chaos,
        ChaosFixture fixture,
        List<RunningKoinon> gateways,
        LedgerCheck ledger,
        TopicCheck topics,
        int rounds,
        int commands) {

    private static final Duration GIVEN_UP = Duration.ofSeconds(4);
    private static final Duration BEFORE = Duration.ofSeconds(2);
    private static final Duration QUIET = Duration.ofSeconds(90);
    private static final int TOLD = 20;

    ChaosResult of(FaultScenario scenario) throws Exception {
        Journal journal = new Journal();
        try (RunningKoinon world =
                        new RunningKoinon(chaos.gateways(), chaos.system().issuer(), GIVEN_UP, journal);
                ChaosLoad load = ChaosLoad.start(world, fixture, journal, commands)) {
            chaos.begin(journal, world);
            long recovery = 0;
            for (int round = 1; round <= rounds; round++) {
                Thread.sleep(BEFORE.plus(chaos.moment()));
                chaos.breaks();
                scenario.fault().on(chaos);
                recovery = Math.max(recovery, recovered() - chaos.mended());
            }
            load.finish();
            Findings found = proven(world, load, journal);
            return new ChaosResult(
                    scenario.label(),
                    rounds,
                    journal.acknowledged(),
                    journal.unknown(),
                    load.paid(),
                    found.lost().size(),
                    found.twice().size(),
                    found.drift().size(),
                    journal.longestSilence().toMillis(),
                    Duration.ofNanos(recovery).toMillis(),
                    found.summary(journal.wrong(), load.paid()));
        }
    }

    /// Waits until each gateway takes a command that every gateway then shows, and every service answers.
    private long recovered() {
        for (RunningKoinon door : gateways) {
            for (String path : List.of("/cities?limit=1", "/funds/" + fixture.ifcdFund()))
                require(door.person("auditor").get(path));
            Reply drafted = require(door.person("hanoi-editor")
                    .post("/proposals", Map.of("call", fixture.call(), "lead", "vn-hanoi", "title", "A probe")));
            String status = "/status/projects/" + drafted.id() + "?atLeast="
                    + drafted.position().orElseThrow();
            long end = System.nanoTime() + QUIET.toNanos();
            for (RunningKoinon other : gateways)
                while (!other.person("auditor")
                        .get(status)
                        .header("Koinon-Position-Reached")
                        .orElse("")
                        .equals("true"))
                    if (System.nanoTime() > end) throw new Unexpected(other.gateway() + " does not show " + status);
        }
        return System.nanoTime();
    }

    private static Reply require(Reply reply) {
        if (!reply.isFine()) throw new Unexpected(reply.request() + " was answered " + reply.said());
        return reply;
    }

    /// What is wrong when there has been time to become quiet.
    private record Findings(List<String> lost, List<String> twice, List<String> drift, List<String> broken) {

        boolean isClean() {
            return lost.isEmpty() && twice.isEmpty() && drift.isEmpty() && broken.isEmpty();
        }

        List<String> summary(List<String> wrong, int paid) {
            var summary = new ArrayList<String>(wrong);
            if (paid == 0) summary.add("nobody was paid");
            lost.stream().limit(TOLD).forEach(it -> summary.add("lost: " + it));
            twice.stream().limit(TOLD).forEach(it -> summary.add("done twice: " + it));
            drift.stream().limit(TOLD).forEach(it -> summary.add("drift: " + it));
            summary.addAll(broken);
            return summary;
        }
    }

    private Findings proven(RunningKoinon world, ChaosLoad load, Journal journal)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + QUIET.toNanos();
        while (true) {
            Findings found = findings(world, load, journal);
            if (found.isClean() || System.nanoTime() > end) return found;
            Thread.sleep(500);
        }
    }

    private Findings findings(RunningKoinon world, ChaosLoad load, Journal journal)
            throws IOException, InterruptedException {
        topics.readOn();
        var broken = new ArrayList<>(topics.broken());
        broken.addAll(ledger.broken(List.of(fixture.ifcdFund(), fixture.aseanFund()), load.projects()));
        List<String> drift = new ArrayList<>(new GatewayComparison(gateways)
                .broken(
                        newest(journal.positions()),
                        topics.projects(),
                        load.projects(),
                        world.live().newest()));
        drift.addAll(chaos.verified());
        return new Findings(topics.lost(journal.positions(), journal.marks()), topics.twice(), drift, broken);
    }

    /// The last place of each aggregate.
    private static Collection<String> newest(Collection<String> positions) {
        Map<String, String> newest = new HashMap<>();
        for (String position : positions)
            newest.merge(
                    position.substring(0, position.lastIndexOf('/')),
                    position,
                    (one, other) -> sequence(one) > sequence(other) ? one : other);
        return newest.values();
    }

    private static long sequence(String position) {
        return Long.parseLong(position.substring(position.lastIndexOf('/') + 1));
    }
}
