package koinon.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final String OLD = "the old secret, which was used until yesterday";
    private static final String NEW = "the new secret, which is used from today on";

    private static Seal with(String... keys) {
        return new Seal(new Seal.Settings(List.of(keys)));
    }

    @Test
    void what_is_sealed_opens_with_the_same_key_and_purpose_only() {
        String sealed = with(OLD).seal("login", "a text: ấ");

        assertThat(sealed).matches("[A-Za-z0-9_-]+").doesNotContain("text");
        assertThat(with(OLD).open("login", sealed)).contains("a text: ấ");
        assertThat(with(OLD).open("session", sealed)).isEmpty();
        assertThat(with(NEW).open("login", sealed)).isEmpty();
    }

    @Test
    void a_text_is_never_sealed_the_same_way_twice() {
        assertThat(with(OLD).seal("login", "a")).isNotEqualTo(with(OLD).seal("login", "a"));
    }

    @Test
    void whatever_was_changed_does_not_open() {
        String sealed = with(OLD).seal("login", "a text");
        for (int at = 0; at < sealed.length(); at++) {
            char other = sealed.charAt(at) == 'A' ? 'Q' : 'A';
            String changed = sealed.substring(0, at) + other + sealed.substring(at + 1);
            assertThat(with(OLD).open("login", changed)).as(changed).isEmpty();
        }
        for (String no : List.of("", "A", "AAAAAAAAAAAAAAAA", "not base64!", sealed.substring(4)))
            assertThat(with(OLD).open("login", no)).as(no).isEmpty();
    }

    @Test
    void a_new_key_in_front_seals_and_the_old_one_still_opens() {
        String before = with(OLD).seal("login", "before");
        Seal rotated = with(NEW, OLD);

        assertThat(rotated.open("login", before)).contains("before");
        assertThat(with(NEW).open("login", rotated.seal("login", "after"))).contains("after");
        assertThat(with(OLD).open("login", rotated.seal("login", "after"))).isEmpty();
    }

    @Test
    void a_short_key_is_refused_and_none_means_one_of_this_process() {
        assertThatThrownBy(() -> with("short")).hasMessageContaining("at least 32 characters");
        Seal alone = with("");
        assertThat(alone.open("login", alone.seal("login", "a"))).contains("a");
        assertThat(with().open("login", alone.seal("login", "a"))).isEmpty();
    }

    @Test
    void settings_do_not_show_their_keys() {
        assertThat(new Seal.Settings(List.of(OLD))).asString().doesNotContain("secret");
    }
}
