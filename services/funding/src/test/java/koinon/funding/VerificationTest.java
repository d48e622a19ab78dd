package koinon.funding;

import static java.util.Objects.requireNonNull;
import static koinon.funding.FundingScenario.done;
import static koinon.funding.FundingScenario.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import koinon.testing.infrastructure.IntegrationTest;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoTemplate;

/// The consistency check of funding. Other tests store inconsistent data too, so each test looks only at its own.
@IntegrationTest(sharing = "funding")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class VerificationTest {

    @LocalServerPort
    private int port;

    @Autowired
    private MongoTemplate mongo;

    private FundingScenario scene;
    private String fund;
    private String agreement;

    @BeforeAll
    static void topic() {
        var _ = ForeignProjects.answering("none");
    }

    /// Creates an agreement in force that has paid its advance.
    @BeforeEach
    void money() {
        scene = FundingScenario.at(port);
        fund = scene.fundWith("200000.00");
        var project = ForeignProjects.answering(scene.call);
        agreement = UUID.nameUUIDFromBytes((project.id + "/" + fund).getBytes(StandardCharsets.UTF_8))
                .toString();
        project.selected(1, fund);
        scene.awaitState(agreement, "RESERVED");
        project.approved(1);
        scene.inForce(agreement);
        project.started();
        scene.awaitTranche(agreement, "advance", "PAYABLE");
        scene.paid(agreement, "advance");
        soon(() -> assertThat(entries("agreement/" + agreement)).hasSize(2));
        soon(() -> assertThat(kept().getList("postings", Document.class)).hasSize(3));
    }

    private List<Document> entries(String subject) {
        return mongo.getCollection("ledger").find().into(new ArrayList<>()).stream()
                .filter(it -> it.getString("_id").startsWith(subject + "/"))
                .sorted(Comparator.comparing(
                        it -> Integer.valueOf(it.getString("_id").substring(subject.length() + 1))))
                .toList();
    }

    private List<String> differences() {
        return differences(fund);
    }

    private List<String> differences(String fund) {
        Api.Reply report = scene.anyone
                .as(Tokens.person("operator").mandate("operator", "network"))
                .get("/operations/verification");
        assertThat(report.status()).as(report.response().body()).isEqualTo(200);
        assertThat(report.body().at("/checked/entries").asInt()).isPositive();
        return report.body().path("differences").values().stream()
                .filter(it ->
                        Stream.of(fund, agreement).anyMatch(it.path("subject").asString()::endsWith))
                .map(it -> it.path("subject").asString().replaceFirst("/.*", "") + ": "
                        + it.path("difference").asString())
                .toList();
    }

    private void changeEntry(Document entry, Document update) {
        mongo.getCollection("ledger").updateOne(new Document("_id", entry.get("_id")), update);
    }

    @Test
    void money_that_went_its_way_differs_in_nothing() {
        assertThat(differences()).isEmpty();
    }

    @Test
    void money_that_is_on_its_way_is_no_difference() {
        String popular = scene.fundWith("425000.00");
        List<ForeignProjects.Project> projects = Stream.generate(() -> ForeignProjects.answering(scene.call))
                .limit(60)
                .toList();
        for (int n = 0; n < projects.size(); n++) {
            projects.get(n).selected(1, popular);
            if (n % 30 == 0) assertThat(differences(popular)).isEmpty();
        }
        soon(() -> {
            assertThat(agreementsOf(popular, "RESERVED")).isEqualTo(5);
            assertThat(agreementsOf(popular, "REFUSED")).isEqualTo(55);
        });
        assertThat(differences(popular)).isEmpty();
    }

    private long agreementsOf(String fund, String state) {
        return mongo.getCollection("agreements").countDocuments(new Document("fund", fund).append("state", state));
    }

    @Test
    void an_entry_that_is_missing_and_one_that_nobody_posted_are_named() {
        Document entry = entries("agreement/" + agreement).getFirst();
        mongo.getCollection("ledger").deleteOne(new Document("_id", entry.get("_id")));
        Document other = new Document(entry).append("_id", "fund/" + fund + "/77");
        mongo.getCollection("ledger").insertOne(other);

        assertThat(differences())
                .containsExactlyInAnyOrder(
                        "agreement: Entry " + entry.get("_id") + " was posted and is not listed.",
                        "fund: Entry fund/" + fund + "/77 is listed and was never posted.");

        mongo.getCollection("ledger").deleteOne(new Document("_id", other.get("_id")));
        mongo.getCollection("ledger").insertOne(entry);
        assertThat(differences()).isEmpty();
    }

    @Test
    void an_entry_with_another_amount_is_named() {
        Document entry = entries("agreement/" + agreement).getFirst();
        changeEntry(
                entry, new Document("$set", new Document("postings.0.amount.amount", Decimal128.parse("-84999.00"))));

        assertThat(differences())
                .singleElement()
                .asString()
                .startsWith("agreement: Entry " + entry.get("_id") + " is listed as ")
                .contains("-84999.00 EUR")
                .contains("-85000.00 EUR");

        mongo.getCollection("ledger").replaceOne(new Document("_id", entry.get("_id")), entry);
        assertThat(differences()).isEmpty();
    }

    @Test
    void a_kept_balance_that_was_changed_or_lacks_entries_is_named() {
        Document balance = kept();
        keep(new Document("$set", new Document("postings.0.amount.amount", Decimal128.parse("1.00"))));
        assertThat(differences())
                .containsExactly("agreement: Its entries have moved 42500.00 EUR to agreement/" + agreement
                        + "/outstanding, and its balance is kept as 1.00 EUR.");

        keep(new Document("$set", new Document("postings", balance.get("postings")).append("funder", "another")));
        assertThat(differences())
                .containsExactly(
                        "agreement: Its balance is kept as money of another, and it is of " + scene.funder + ".");

        keep(new Document("$inc", new Document("upTo", -1L)));
        assertThat(differences()).containsExactly("agreement: Its balance lacks entries that were posted.");

        keep(new Document("$inc", new Document("upTo", 9L)));
        assertThat(differences()).containsExactly("agreement: Its balance has entries that were never posted.");

        mongo.getCollection("balances").deleteOne(new Document("_id", balance.get("_id")));
        assertThat(differences()).containsExactly("agreement: Its balance lacks entries that were posted.");

        mongo.getCollection("balances").insertOne(balance);
        assertThat(differences()).isEmpty();
    }

    @Test
    void a_balance_of_something_that_never_posted_is_named() {
        Document other = new Document(kept()).append("_id", "agreement/" + fund);
        mongo.getCollection("balances").insertOne(other);
        assertThat(differences()).containsExactly("agreement: Its balance has entries that were never posted.");

        mongo.getCollection("balances").deleteOne(new Document("_id", other.get("_id")));
        assertThat(differences()).isEmpty();
    }

    private Document kept() {
        return requireNonNull(mongo.getCollection("balances")
                .find(new Document("_id", "agreement/" + agreement))
                .first());
    }

    private void keep(Document update) {
        mongo.getCollection("balances").updateOne(new Document("_id", "agreement/" + agreement), update);
    }

    @Test
    void what_a_fund_holds_that_was_changed_by_hand_is_named() {
        Document by = new Document("holds." + agreement + ".amount.amount", Decimal128.parse("1.00"));
        mongo.getCollection("funds").updateOne(new Document("_id", fund), new Document("$set", by));

        assertThat(differences())
                .containsExactly(
                        "fund: holds." + agreement + ".amount.amount is stored as 1.00 and is 85000.00 by its events.");
    }

    @Test
    void an_agreement_restored_from_an_older_backup_is_named() {
        Document backup = mongo.getCollection("agreements")
                .find(new Document("_id", agreement))
                .first();
        assertThat(backup).isNotNull();
        long before = backup.get("sequence", Number.class).longValue();
        done(scene.approver.post(
                "/api/v1/agreements/" + agreement + "/tranches/advance/bounce", "{\"reason\":\"No such account.\"}"));
        soon(() -> assertThat(entries("agreement/" + agreement)).hasSize(3));
        mongo.getCollection("agreements").replaceOne(new Document("_id", agreement), backup);

        assertThat(differences())
                .containsExactly("agreement: It is stored with " + before + " events, and the topic has " + (before + 1)
                        + ": the database was restored from an older backup, or lost what was written.");
    }
}
