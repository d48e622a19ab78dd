package koinon.projects.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import koinon.testing.time.TestClock;
import org.junit.jupiter.api.Test;

/// A call that hears its proposals through the broker, from its deadline to its conclusion and back.
class ConcludedCallOverHttpTest extends OverHttp {

    @Test
    void a_call_is_concluded_after_its_last_decision_and_opened_again_to_reverse_it() {
        String path = submitted();
        String proposal = path.substring(path.lastIndexOf('/') + 1);
        String call = "/api/v1/calls/" + secretariat.get(path).text("/call");
        await().untilAsserted(() -> assertThat(actions(call)).doesNotContain("call.decide"));
        ((TestClock) clock).advance(Duration.ofDays(300));
        Api second = anyone.as(Tokens.person("ines").mandate("secretariat", "network"));

        Api.Reply early = secretariat.post(call + "/decision", "{}");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.text("/type")).isEqualTo("/problems/proposals-undecided");
        assertThat(early.text("/detail")).contains(proposal + " (SUBMITTED)");

        assertThat(secretariat
                        .post(path + "/eligibility", "{\"eligible\":false,\"reason\":\"Too short.\"}")
                        .status())
                .isEqualTo(200);
        await().untilAsserted(() ->
                assertThat(secretariat.post(call + "/decision", "{}").status()).isEqualTo(200));
        assertThat(reversed(second, path).text("/type")).isEqualTo("/problems/call-decided");

        assertThat(reopened(secretariat, call).text("/type")).isEqualTo("/problems/separate-hands");
        assertThat(reopened(second, call).status()).isEqualTo(200);
        assertThat(reversed(second, path).status()).isEqualTo(200);
        assertThat(secretariat.get(path).text("/state")).isEqualTo("SUBMITTED");
        await().untilAsserted(() -> assertThat(actions(call)).doesNotContain("call.decide"));
    }

    private String actions(String call) {
        return secretariat.get(call).body().path("nextActions").toString();
    }

    private static Api.Reply reversed(Api who, String path) {
        return who.post(path + "/decision-reversal", "{\"reason\":\"It was not.\"}");
    }

    private static Api.Reply reopened(Api who, String call) {
        return who.post(call + "/reopening", "{\"reason\":\"A decision is reversed.\"}");
    }
}
