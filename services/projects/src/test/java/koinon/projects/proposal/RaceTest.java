package koinon.projects.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import koinon.testing.http.Api;
import koinon.testing.time.Race;
import org.junit.jupiter.api.Test;

/// Twenty people submit the same page at the same time.
class RaceTest extends OverHttp {

    private static final int EDITORS = 20;

    @Test
    void of_twenty_editors_of_one_version_one_wins_and_the_others_read_it_again() throws Exception {
        String path = drafted() + "/summary";
        Api editor = hanoi.with("If-Match", hanoi.get(path).header("ETag"));

        List<Api.Reply> replies =
                Race.of(EDITORS, n -> editor.put(path, summary().replace("Craft routes", "Craft routes " + n)));

        List<Integer> statuses = replies.stream().map(Api.Reply::status).toList();
        assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
        assertThat(Collections.frequency(statuses, 412)).isEqualTo(EDITORS - 1);
        Api.Reply now = hanoi.get(path);
        assertThat(now.text("/title")).isEqualTo("Craft routes " + statuses.indexOf(200));
        assertThat(now.version()).isEqualTo(replies.get(statuses.indexOf(200)).version());
    }
}
