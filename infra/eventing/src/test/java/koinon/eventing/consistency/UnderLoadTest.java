package koinon.eventing.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;
import koinon.eventing.command.Command;
import koinon.eventing.document.Aggregates;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.tally.Tally;
import koinon.eventing.tally.TallyApplication;
import koinon.testing.infrastructure.IntegrationTest;
import koinon.testing.infrastructure.TopicRecords;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/// A service that goes on while it is verified.
@IntegrationTest
@SpringBootTest(classes = TallyApplication.class, properties = "spring.application.name=busy-tallies")
class UnderLoadTest {

    private static final Actor OPERATOR = new Actor(
            "operator",
            List.of(new Mandate("m1", "operator", "network", null, null, null)),
            null,
            null,
            Instant.parse("2026-05-04T12:00:00Z"));
    private static final int CLERKS = 4;
    private static final int TALLIES = 5;

    @Autowired
    private Aggregates aggregates;

    @Autowired
    private VerificationController operations;

    @Test
    void commands_that_go_on_are_no_difference() throws Exception {
        for (int n = 0; n < TALLIES; n++)
            aggregates.create(Tally.open("tally-" + n, "votes", OPERATOR), Command.of(OPERATOR));
        for (int n = 0; n < TALLIES; n++)
            assertThat(TopicRecords.of("koinon.busy-tallies").messages("tally-" + n, 1))
                    .isNotEmpty();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger counted = new AtomicInteger();
        try (ExecutorService clerks = Executors.newFixedThreadPool(CLERKS)) {
            for (int n = 0; n < CLERKS; n++)
                clerks.execute(() -> {
                    while (!over.get()) {
                        String id = "tally-" + counted.incrementAndGet() % TALLIES;
                        aggregates.change(Tally.class, id, Command.of(OPERATOR), it -> it.count("vote", OPERATOR));
                    }
                });
            try {
                for (int round = 0; round < 3; round++) {
                    ConsistencyReport.Report report = operations.verify(OPERATOR);
                    assertThat(report.differences()).isEmpty();
                    assertThat(report.checked()).containsEntry("aggregates", (long) TALLIES);
                }
            } finally {
                over.set(true);
            }
        }
        assertThat(counted.get()).isGreaterThan(TALLIES);
    }

    @Test
    void only_an_operator_asks_for_it() {
        Actor anybody = new Actor("somebody", List.of(), null, null, OPERATOR.at());
        assertThatThrownBy(() -> operations.verify(anybody)).isInstanceOf(AccessDenied.class);
    }
}
