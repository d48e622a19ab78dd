package koinon.projects.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import koinon.projects.call.CallsOverHttpTest;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import org.junit.jupiter.api.Test;

/// Decisions that are held, over HTTP: only the network learns of them before the call releases them.
class HeldDecisionsOverHttpTest extends OverHttp {

    @Override
    String call() {
        return CallsOverHttpTest.published(
                secretariat, CallsOverHttpTest.terms().replaceFirst("[{]", "{\"holdsDecisions\":true,"));
    }

    @Test
    void a_held_decision_is_shown_to_the_network_alone_until_the_call_releases_it() {
        String path = submitted();
        String call = "/api/v1/calls/" + secretariat.get(path).text("/call");
        Api officer = anyone.as(OFFICER);
        List<Api.Reply> before = List.of(hanoi.get(path), cebu.get(path), officer.get(path));

        decided(path, false);
        decided(path, true);

        List<Api.Reply> after = List.of(hanoi.get(path), cebu.get(path), officer.get(path));
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).body()).isEqualTo(before.get(i).body());
            assertThat(after.get(i).header("ETag")).isEqualTo(before.get(i).header("ETag"));
        }
        for (Api network : List.of(secretariat, anyone.as(AUDITOR))) {
            Api.Reply seen = network.get(path);
            assertThat(seen.text("/recordedDecision/decision")).isEqualTo("ELIGIBLE");
            assertThat(seen.text("/state")).isEqualTo("SUBMITTED");
            assertThat(seen.body().path("nextActions")).isEmpty();
        }
        assertThat(secretariat.get(call).body().toString()).contains("call.release-decisions");

        assertThat(hanoi.post(call + "/decisions-release", "{}").status()).isEqualTo(403);
        assertThat(secretariat.post(call + "/decisions-release", "{}").status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(hanoi.get(path).text("/state")).isEqualTo("ELIGIBLE"));
        assertThat(secretariat.get(path).body().has("recordedDecision")).isFalse();
        assertThat(anyone.as(Tokens.person("olu").mandate("operator", "network"))
                        .get("/operations/verification")
                        .body()
                        .toString())
                .contains("differences")
                .doesNotContain(path.substring(path.lastIndexOf('/') + 1));
    }

    @Test
    void a_version_that_a_partner_knows_stays_valid_while_a_decision_is_recorded() {
        String path = submitted();
        String known = hanoi.get(path).header("ETag");
        decided(path, true);

        assertThat(hanoiSigns
                        .with("If-Match", known)
                        .post(path + "/reopening", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(secretariat.get(path).body().has("recordedDecision")).isFalse();
    }

    private void decided(String path, boolean eligible) {
        assertThat(secretariat
                        .post(path + "/eligibility", "{\"eligible\":%s,\"reason\":\"It is so.\"}".formatted(eligible))
                        .status())
                .isEqualTo(200);
    }
}
