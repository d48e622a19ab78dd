package koinon.funding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import koinon.testing.infrastructure.IntegrationTest;
import org.bson.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.mongodb.core.MongoTemplate;

/// Documents that the first version stored stay readable and usable.
@IntegrationTest(sharing = "funding")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class StoredDocumentsTest {

    private static final String AGREEMENT = "2e9c8f6a-5d1b-3f7e-8a44-7b1c0d9e5f02";
    private static final String FUND = "0b6a6f2e-6f0e-4c55-9c38-0d2f3a1b7c01";
    private static final String CALL = "7f3a9c1d-2b4e-4d68-8c77-5a9b0e1f2d04";

    @LocalServerPort
    private int port;

    @Autowired
    private MongoTemplate mongo;

    private Api officer;

    @BeforeAll
    static void topic() {
        var _ = ForeignProjects.answering("none");
    }

    @BeforeEach
    void officer() {
        officer = Api.at(port).as(Tokens.person("officer").mandate("funder-officer", "funder/stored-funder"));
    }

    @Test
    void a_stored_funder() throws IOException {
        store("funder");

        assertThat(officer.get("/api/v1/funders/stored-funder").response().body())
                .isEqualTo(
                        "{\"id\":\"stored-funder\",\"version\":1,\"name\":\"UNESCO\",\"country\":\"FR\",\"identifier\":\"STORED-FUNDER\"}");
    }

    @Test
    void a_stored_fund() throws IOException {
        store("fund");
        Api.Reply fund = officer.get("/api/v1/funds/" + FUND);

        assertThat(fund.text("/envelope/amount")).isEqualTo("500000.00");
        assertThat(fund.text("/held/amount")).isEqualTo("85000.00");
        assertThat(fund.text("/setAsides/0/free/amount")).isEqualTo("115000.00");
        assertThat(officer.with("If-Match", "\"3\"")
                        .put(
                                "/api/v1/funds/" + FUND + "/set-asides/" + CALL,
                                "{\"amount\":{\"amount\":\"85000.00\",\"currency\":\"EUR\"}}")
                        .text("/position"))
                .isEqualTo("fund/" + FUND + "/5");
    }

    @Test
    void a_stored_agreement() throws IOException {
        store("agreement");
        Api.Reply agreement = officer.get("/api/v1/agreements/" + AGREEMENT);

        assertThat(agreement.text("/state")).isEqualTo("IN_FORCE");
        assertThat(agreement.text("/tranches/0/state")).isEqualTo("AUTHORISED");
        assertThat(agreement.text("/tranches/1/planned/amount")).isEqualTo("25500.00");
        assertThat(agreement.text("/tranches/1/conditions/2/achieved")).isEqualTo("0.8125");
        assertThat(officer.post(
                                "/api/v1/agreements/" + AGREEMENT + "/tranches/advance/dispatch",
                                "{\"reference\":\"KN-1\"}")
                        .text("/position"))
                .isEqualTo("agreement/" + AGREEMENT + "/11");
    }

    @Test
    void the_interface_describes_itself() {
        Api.Reply description = Api.at(port).get("/v3/api-docs");

        assertThat(description.text("/openapi")).startsWith("3.1");
        assertThat(description.body().at("/paths").propertyNames())
                .contains(
                        "/api/v1/funds/{id}/set-asides/{call}",
                        "/api/v1/agreements/{id}/tranches/{tranche}/authorisation",
                        "/api/v1/ledger/balances");
    }

    private void store(String what) throws IOException {
        String json = new ClassPathResource("documents/" + what + "-1.json").getContentAsString(StandardCharsets.UTF_8);
        mongo.insert(Document.parse(json), what + "s");
    }
}
