package koinon.funding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import org.awaitility.core.ThrowingRunnable;

/// A funder with its people, and their commands over HTTP.
final class FundingScenario {

    static final Tokens.Person SECRETARIAT = Tokens.person("secretary").mandate("secretariat", "network");
    static final Tokens.Person AUDITOR = Tokens.person("auditor").mandate("auditor", "network");
    static final Tokens.Person HANOI = Tokens.person("linh").mandate("city-signatory", "city/vn-hanoi");
    static final Tokens.Person CEBU = Tokens.person("jun").mandate("city-editor", "city/ph-cebu-city");
    static final Tokens.Person OSLO = Tokens.person("kari").mandate("city-signatory", "city/no-oslo");

    final String funder;
    final String call = UUID.randomUUID().toString();
    final Api anyone;
    final Api secretariat;
    final Api auditor;
    final Api hanoi;
    final Api officer;
    final Api approver;

    private FundingScenario(int port) {
        String identifier = "XM-" + UUID.randomUUID();
        anyone = Api.at(port);
        secretariat = anyone.as(SECRETARIAT);
        auditor = anyone.as(AUDITOR);
        hanoi = anyone.as(HANOI);
        funder = secretariat
                .post(
                        "/api/v1/funders",
                        "{\"name\":\"UNESCO\",\"country\":\"FR\",\"identifier\":\"%s\"}".formatted(identifier))
                .text("/id");
        assertThat(funder).isEqualTo(identifier.toLowerCase(Locale.ROOT));
        officer = anyone.as(officer());
        approver = anyone.as(Tokens.person("approver").mandate("funder-approver", "funder/" + funder));
    }

    static FundingScenario at(int port) {
        return new FundingScenario(port);
    }

    Tokens.Person officer() {
        return Tokens.person("officer").mandate("funder-officer", "funder/" + funder);
    }

    /// An open fund in EUR with an empty envelope.
    String emptyFund() {
        return officer.post(
                        "/api/v1/funds",
                        "{\"funder\":\"%s\",\"name\":\"A fund\",\"currency\":\"EUR\"}".formatted(funder))
                .text("/id");
    }

    /// A fund with an envelope of 500,000 EUR, of which this amount is set aside for the call.
    String fundWith(String setAside) {
        String fund = emptyFund();
        done(officer.post(
                "/api/v1/funds/" + fund + "/envelope-increase",
                "{\"amount\":{\"amount\":\"500000.00\",\"currency\":\"EUR\"},\"reason\":\"Budget of 2026.\"}"));
        String path = "/api/v1/funds/" + fund + "/set-asides/" + call;
        done(officer.with("If-Match", officer.get(path).header("ETag"))
                .put(path, "{\"amount\":{\"amount\":\"%s\",\"currency\":\"EUR\"}}".formatted(setAside)));
        return fund;
    }

    Api.Reply agreement(String id) {
        return auditor.get("/api/v1/agreements/" + id);
    }

    void awaitState(String agreement, String state) {
        soon(() -> assertThat(agreement(agreement).text("/state")).isEqualTo(state));
    }

    void awaitTranche(String agreement, String tranche, String state) {
        soon(() -> assertThat(auditor.get("/api/v1/agreements/" + agreement + "/tranches/" + tranche)
                        .text("/state"))
                .isEqualTo(state));
    }

    /// The events reach the agreement asynchronously, so the command is repeated until it succeeds.
    void offered(String agreement) {
        soon(() -> assertThat(officer.post("/api/v1/agreements/" + agreement + "/offer", null)
                        .status())
                .isEqualTo(200));
    }

    void inForce(String agreement) {
        offered(agreement);
        done(hanoi.post("/api/v1/agreements/" + agreement + "/signature", null));
        done(approver.post("/api/v1/agreements/" + agreement + "/countersignature", null));
    }

    void sent(String agreement, String tranche) {
        String path = "/api/v1/agreements/" + agreement + "/tranches/" + tranche;
        done(officer.post(path + "/request", null));
        done(approver.post(path + "/authorisation", null));
        done(officer.post(path + "/dispatch", "{\"reference\":\"KN-" + tranche + "\"}"));
    }

    void paid(String agreement, String tranche) {
        sent(agreement, tranche);
        recorded(agreement, tranche);
    }

    /// Records that the ordered amount arrived today in full.
    void recorded(String agreement, String tranche) {
        String path = "/api/v1/agreements/" + agreement + "/tranches/" + tranche;
        done(approver.post(
                path + "/payment",
                "{\"bankReference\":\"BNK-%s\",\"bookedOn\":\"%s\",\"amount\":%s}"
                        .formatted(
                                tranche,
                                LocalDate.now(ZoneOffset.UTC),
                                officer.get(path).body().path("payable"))));
    }

    static void done(Api.Reply reply) {
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    }

    static void soon(ThrowingRunnable assertion) {
        await().pollInterval(Duration.ofMillis(50)).untilAsserted(assertion);
    }
}
