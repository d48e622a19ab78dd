package koinon.chaos;

import java.time.Duration;
import java.util.List;

/// Something that can go wrong.
///
/// @param label its name on the command line
/// @param fault breaks something and repairs it
record FaultScenario(String label, String sentence, Fault fault) {

    /// Breaks something and repairs it.
    @FunctionalInterface
    interface Fault {
        void on(ChaosSystem chaos) throws Exception;
    }

    private static final List<FaultScenario> ALL = List.of(
            new FaultScenario("calm", "nothing breaks, for comparison", _ -> {}),
            new FaultScenario(
                    "kill-cities", "kill -9 of a copy of cities", it -> it.kill(it.moment(), it.either("cities"))),
            new FaultScenario(
                    "kill-projects",
                    "kill -9 of a copy of projects",
                    it -> it.kill(it.moment(), it.either("projects"))),
            new FaultScenario(
                    "kill-funding", "kill -9 of a copy of funding", it -> it.kill(it.moment(), it.either("funding"))),
            new FaultScenario(
                    "kill-gateway", "kill -9 of a copy of the gateway, and its streams go on at the other", it -> {
                        it.kill(it.moment(), it.either("gateway"));
                    }),
            new FaultScenario(
                    "kill-identity", "kill -9 of the identity provider", it -> it.kill(it.moment(), "identity")),
            new FaultScenario("kill-broker", "kill -9 of the broker", it -> it.kill(it.moment(), "broker")),
            new FaultScenario("kill-database", "kill -9 of the database", it -> it.kill(it.moment(), "database")),
            new FaultScenario("kill-several", "kill -9 of one copy of everything at once, and of the broker", it -> {
                it.kill(
                        it.moment(),
                        "broker",
                        it.either("cities"),
                        it.either("projects"),
                        it.either("funding"),
                        it.either("gateway"));
            }),
            new FaultScenario("kill-both", "kill -9 of both copies of projects and of funding", it -> {
                it.kill(it.moment(), "projects", "projects-2", "funding", "funding-2");
            }),
            new FaultScenario(
                    "broker-away", "the broker is away for 60 s", it -> it.kill(Duration.ofSeconds(60), "broker")),
            new FaultScenario(
                    "broker-frozen",
                    "the broker is frozen for 30 s",
                    it -> it.freeze(Duration.ofSeconds(30), "broker")),
            new FaultScenario(
                    "database-away",
                    "the database is away for 30 s",
                    it -> it.kill(Duration.ofSeconds(30), "database")),
            new FaultScenario(
                    "database-frozen",
                    "the database is frozen for 30 s",
                    it -> it.freeze(Duration.ofSeconds(30), "database")),
            new FaultScenario(
                    "service-frozen", "a copy of projects is frozen for 30 s, and then sends what it had", it -> {
                        it.freeze(Duration.ofSeconds(30), it.either("projects"));
                    }),
            new FaultScenario(
                    "funding-frozen", "a copy of funding is frozen for 30 s, and then sends what it had", it -> {
                        it.freeze(Duration.ofSeconds(30), it.either("funding"));
                    }),
            new FaultScenario(
                    "gateway-frozen", "a copy of the gateway is frozen for 30 s in the middle of our stream", it -> {
                        it.freeze(Duration.ofSeconds(30), it.streaming());
                    }),
            new FaultScenario(
                    "stream-cut", "the gateway that our stream comes from dies; it goes on at the other", it -> {
                        it.cutStream();
                    }),
            new FaultScenario(
                    "poison",
                    "a message that is none and one that breaks its schema, in each topic",
                    ChaosSystem::poison),
            new FaultScenario("replay", "every service reads all topics from their beginning", it -> it.replay()),
            new FaultScenario("clock-ahead", "the clock of a copy of projects is 5 minutes ahead", it -> {
                it.advance(Duration.ofMinutes(5), Duration.ofSeconds(10), it.either("projects"));
            }),
            new FaultScenario(
                    "disk-full", "the broker's disk is full for 20 s", it -> it.fillDisk(Duration.ofSeconds(20))));

    /// In the order in which they are played.
    static List<FaultScenario> all() {
        return ALL;
    }
}
