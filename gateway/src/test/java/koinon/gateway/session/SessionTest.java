package koinon.gateway.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import koinon.http.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class SessionTest {

    private static final Duration IDLE = Duration.ofHours(8);
    private static final Instant BEGUN = Instant.parse("2026-03-01T08:00:00Z");
    private static final String CSRF = Seal.random();
    private final Session session = new Session(
            "id",
            "anna",
            "Anna",
            new Session.Tokens("access", BEGUN, "refresh", "id"),
            CSRF,
            BEGUN,
            BEGUN,
            BEGUN.plus(Duration.ofHours(24)),
            0,
            null);

    @Test
    void it_is_over_when_nobody_uses_it() {
        assertThat(session.isOver(BEGUN.plus(IDLE).minusMillis(1), IDLE)).isFalse();
        assertThat(session.isOver(BEGUN.plus(IDLE), IDLE)).isTrue();
        assertThat(session.seen(BEGUN.plusSeconds(60)).isOver(BEGUN.plus(IDLE), IDLE))
                .isFalse();
    }

    @Test
    void it_is_over_at_its_end_however_often_it_is_used() {
        Instant end = BEGUN.plus(Duration.ofHours(24));
        assertThat(session.seen(end.minusMillis(2)).isOver(end.minusMillis(1), IDLE))
                .isFalse();
        assertThat(session.seen(end.minusMillis(1)).isOver(end, IDLE)).isTrue();
    }

    @Test
    void its_id_does_not_tell_what_the_cookie_holds() {
        String cookie = Seal.random();
        assertThat(cookie).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(Seal.random());
        assertThat(Session.id(cookie)).isEqualTo(Session.id(cookie)).isNotEqualTo(cookie);
    }

    @Test
    void its_text_does_not_tell_its_tokens() {
        assertThat(session.toString()).doesNotContain("access", "refresh");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
            none, same, allowed
            same-origin, same, allowed
            same-origin, none, csrf.token
            same-origin, another, csrf.token
            none, none, csrf.token
            none, another, csrf.token
            same-site, same, csrf.cross-site
            cross-site, same, csrf.cross-site
            none-at-all, same, csrf.cross-site
            """)
    void a_change_must_come_from_our_page(String site, String token, String outcome) {
        var request = new MockHttpServletRequest("POST", "/api/v1/cities");
        if (site != null) request.addHeader("Sec-Fetch-Site", site);
        if (token != null) request.addHeader("X-CSRF-TOKEN", token.equals("same") ? CSRF : Seal.random());

        var refusal = SessionFilter.forged(request, CSRF);

        if (outcome.equals("allowed")) assertThat(refusal).isNull();
        else assertThat(new String(Problem.json(refusal), UTF_8)).contains("\"status\":403", "\"" + outcome + "\"");
    }
}
