package koinon.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class StallGuardFilterTest {

    private final AtomicLong now = new AtomicLong(-5);
    private final StallGuardFilter filter = new StallGuardFilter(now::get);

    private int answer(String method) throws Exception {
        var response = new MockHttpServletResponse();
        var chain = new MockFilterChain();
        filter.doFilter(new MockHttpServletRequest(method, "/api/v1/funds"), response, chain);
        assertThat(chain.getRequest() == null).as("passed on").isEqualTo(response.getStatus() == 503);
        if (response.getStatus() == 503)
            assertThat(response.getHeader("Retry-After")).isNotEmpty();
        return response.getStatus();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void while_it_beats_commands_are_taken() throws Exception {
        for (int i = 0; i < 100; i++) {
            pass(Duration.ofMillis(300));
            filter.beat();
            assertThat(answer("POST")).isEqualTo(200);
        }
    }

    @Test
    void after_it_stood_still_commands_are_refused_for_a_moment_and_reading_is_not() throws Exception {
        pass(Duration.ofSeconds(30));
        assertThat(answer("POST")).as("asked before the beat").isEqualTo(503);
        assertThat(answer("GET")).isEqualTo(200);
        filter.beat();
        pass(Duration.ofSeconds(1));
        assertThat(answer("PUT")).as("after the beat").isEqualTo(503);
        pass(Duration.ofMillis(1100));
        assertThat(answer("POST")).isEqualTo(200);
    }

    @Test
    void a_beat_that_comes_first_notices_it_too() throws Exception {
        pass(Duration.ofSeconds(3));
        filter.beat();
        filter.beat();
        assertThat(answer("DELETE")).isEqualTo(503);
    }
}
