package koinon.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import koinon.testing.http.Tokens;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Which tokens are valid: one spelling of each, with a beginning and an end that is near.
class TokensTest extends OverHttp {

    private final long now = Instant.now().getEpochSecond();
    private static final long HOUR = 3600;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    @Test
    void a_token_is_valid_as_its_issuer_wrote_it() throws Exception {
        assertThat(status(token(",\"iat\":%d,\"exp\":%d".formatted(now, now + HOUR))))
                .isEqualTo(200);
    }

    @TestFactory
    Stream<DynamicTest> a_valid_token_in_another_spelling_is_refused() throws Exception {
        String token = ANNA.token();
        assertThat(status(token)).isEqualTo(200);
        String start = token.substring(0, token.length() - 1);
        int last = ALPHABET.indexOf(token.charAt(token.length() - 1));
        // The last character of 256 bytes has four bits that mean nothing.
        var bits = Stream.iterate(1, it -> it < 16, it -> it + 1).map(it -> start + ALPHABET.charAt(last ^ it));
        var others = Stream.of(
                token + "=",
                token + "==",
                token + ".",
                token + "~",
                token.replaceFirst("\\.", "=."),
                token.replaceFirst("\\.([^.]*)\\.", ".$1~."),
                token.substring(0, token.length() - 5) + "~" + token.substring(token.length() - 5),
                token.replace('-', '+').replace('_', '/'));
        return Stream.concat(bits, others)
                .filter(it -> !it.equals(token))
                .map(it -> DynamicTest.dynamicTest(
                        it.substring(it.length() - 12),
                        () -> assertThat(status(it)).isEqualTo(401)));
    }

    @TestFactory
    Stream<DynamicTest> a_token_without_a_beginning_or_a_near_end_is_refused() {
        return List.of(
                        ",\"iat\":%d".formatted(now),
                        ",\"exp\":%d".formatted(now + HOUR),
                        "",
                        ",\"iat\":%d,\"exp\":null".formatted(now),
                        ",\"iat\":null,\"exp\":%d".formatted(now + HOUR),
                        ",\"iat\":%d,\"exp\":%d".formatted(now, now + 24 * HOUR + 60),
                        ",\"iat\":%d,\"exp\":%d".formatted(now - 48 * HOUR, now + HOUR),
                        ",\"iat\":%d,\"exp\":%d".formatted(now + 240 * HOUR, now + 241 * HOUR),
                        ",\"iat\":%d,\"exp\":%d".formatted(now, 99_999_999_999_999L),
                        ",\"iat\":%d,\"exp\":%d".formatted(now - HOUR, now - 120))
                .stream()
                .map(it -> DynamicTest.dynamicTest(
                        "with" + it, () -> assertThat(status(token(it))).isEqualTo(401)));
    }

    @Test
    void a_mandate_whose_texts_no_event_could_carry_gives_no_right() throws Exception {
        for (var it : Map.of("m-1", 200, "m\\u202e1", 403, "m\\n1", 403, "\\u200b", 403)
                .entrySet())
            assertThat(send(to("/things/acting?scope=house/4")
                                    .header(
                                            "Authorization",
                                            "Bearer "
                                                    + token(
                                                            ",\"iat\":%d,\"exp\":%d,\"mandates\":[{\"id\":\"%s\",\"role\":\"keeper\",\"scope\":\"house/4\"}]"
                                                                    .formatted(now, now + HOUR, it.getKey())))
                                    .POST(BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(it.getValue());
    }

    private String token(String times) {
        return Tokens.signed(
                "{\"iss\":\"%s\",\"aud\":\"koinon\",\"sub\":\"somebody\"%s}".formatted(Tokens.issuer(), times));
    }

    private int status(String token) throws Exception {
        return send(to("/things").header("Authorization", "Bearer " + token).GET())
                .statusCode();
    }
}
