package koinon.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/projects/p1",
                "/projects?call=c1&health=at-risk",
                "/projects/p1#money",
                "/cities/vn-hanoi?q=%C3%A0",
                "/loginless",
                "/a//b"
            })
    void a_path_of_this_server_is_kept_as_it_is(String path) {
        assertThat(ReturnPath.of(path)).contains(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "projects",
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "/a\\b",
                "https://evil.example/",
                "javascript:alert(1)",
                " /projects",
                "/pro jects",
                "/\t/evil.example",
                "/\n/evil.example",
                "/projects\r\nSet-Cookie: a=b",
                "/à",
                "/%",
                "/login",
                "/login?then=/login",
                "/login/oauth2/code/koinon",
                "/x/../login",
                "/%6Cogin"
            })
    void anything_else_is_refused(String other) {
        assertThat(ReturnPath.of(other)).isEmpty();
    }

    @Test
    void a_path_has_a_bound() {
        assertThat(ReturnPath.of("/" + "a".repeat(999))).isPresent();
        assertThat(ReturnPath.of("/" + "a".repeat(1_000))).isEmpty();
    }
}
