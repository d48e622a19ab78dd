package koinon.funding.fund;

import static java.nio.charset.StandardCharsets.UTF_8;
import static koinon.funding.TestActors.FUNDER;
import static koinon.funding.TestActors.officer;
import static koinon.funding.TestActors.system;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import koinon.eventing.command.Command;
import koinon.eventing.document.Aggregates;
import koinon.eventing.value.Money;
import koinon.funding.fund.FundEvent.FundRefused;
import koinon.funding.fund.FundEvent.FundReserved;
import koinon.testing.infrastructure.IntegrationTest;
import koinon.testing.infrastructure.TopicRecords;
import koinon.testing.time.Race;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.kafka.support.KafkaUtils;

/// A thousand agreements ask at once for money from a fund that covers three hundred.
@IntegrationTest(sharing = "funding")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class RaceTest {

    private static final String CALL = "7d7e0f5a-0f0c-4b6a-8a53-7a1c7a2b9e01";
    private static final int READERS = 10;
    private static final int POLL = 100;
    private static final Money EACH = Money.of("85.00", "EUR");
    private static final Money COVERED = Money.of("25500.00", "EUR");
    private static final String REFUSAL = "Less is free of what is set aside for this call than was asked for.";

    @Autowired
    private FundAgreementListener listener;

    @Autowired
    private Aggregates aggregates;

    @Autowired
    private MongoTemplate mongo;

    private final String id = UUID.randomUUID().toString();

    /// Deletes the fund: its agreements do not exist, so the consistency check would report each of them.
    @AfterEach
    void forget() {
        mongo.remove(new Query(Criteria.where("_id").is(id)), Fund.class);
    }

    private Fund fund() {
        Fund fund = Fund.open(id, FUNDER, "Nordic Fund", "EUR", null, officer());
        fund.raiseEnvelope(COVERED.plus(COVERED), "Budget of 2026.", officer());
        fund.setAside(CALL, COVERED, officer());
        return fund;
    }

    @Test
    void exactly_as_many_are_held_for_as_the_fund_covers() throws Exception {
        aggregates.create(fund(), Command.of(officer()));

        Race.of(READERS, reader -> {
            KafkaUtils.setConsumerGroupId("funding.fund.funding");
            listener.on(IntStream.range(0, POLL)
                    .mapToObj(n -> requested("agreement-" + (reader * POLL + n) + "-of-" + id))
                    .toList());
            return reader;
        });

        List<TopicRecords.Message> said = TopicRecords.of("koinon.funding").messages(id, 3 + READERS * POLL);
        assertThat(said.stream().map(TopicRecords.Message::key)).hasSize(3 + READERS * POLL);
        assertThat(of(said, "koinon.fund.reserved.v1")).hasSize(300);
        assertThat(of(said, "koinon.fund.refused.v1"))
                .hasSize(700)
                .allMatch(it -> it.value().contains(REFUSAL));
        Fund fund = mongo.findById(id, Fund.class);
        assertThat(fund).isNotNull();
        assertThat(fund.held()).isEqualTo(COVERED);
        assertThat(fund.holds()).hasSize(300);
        assertThat(fund.seen()).hasSize(READERS * POLL);
    }

    @Test
    void one_after_the_other_the_fund_never_holds_more_than_it_has() {
        Fund fund = fund();
        for (int n = 0; n < READERS * POLL; n++) {
            fund.requested("agreement-" + n, "p", CALL, 1, EACH, "vn-hanoi", system());
            assertThat(fund.held()).isLessThanOrEqualTo(COVERED);
        }

        assertThat(fund.events().stream().filter(FundReserved.class::isInstance))
                .hasSize(300);
        assertThat(fund.events().stream().filter(FundRefused.class::isInstance))
                .hasSize(700)
                .allMatch(it -> ((FundRefused) it).reason().equals(REFUSAL));
    }

    private static List<TopicRecords.Message> of(List<TopicRecords.Message> said, String type) {
        return said.stream()
                .filter(it -> type.equals(it.headers().get("ce_type")))
                .toList();
    }

    private ConsumerRecord<String, byte[]> requested(String agreement) {
        String value = """
                {"project":"p","call":"%s","fund":"%s","selection":1,"beneficiary":"vn-hanoi",
                 "amount":{"amount":"85.00","currency":"EUR"}}""".formatted(CALL, id);
        var record = new ConsumerRecord<>("koinon.funding", 0, 0, agreement, value.getBytes(UTF_8));
        Map.of(
                        "ce_subject", "agreement/" + agreement,
                        "ce_sequence", "1",
                        "ce_type", "koinon.agreement.requested.v1",
                        "ce_time", "2026-03-01T09:00:00Z",
                        "ce_actor", "system:funding")
                .forEach((name, it) -> record.headers().add(name, it.getBytes(UTF_8)));
        return record;
    }
}
