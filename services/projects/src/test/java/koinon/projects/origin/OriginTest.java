package koinon.projects.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import koinon.eventing.rule.ValidationFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

    @Test
    void a_parameter_names_an_idea_or_a_gathering() {
        assertThat(Origin.parse("origin", "idea/5f0d6a51")).isEqualTo(new Origin("idea", "5f0d6a51"));
        assertThat(Origin.parse("origin", "gathering/forum-2026").name()).isEqualTo("gathering/forum-2026");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "idea", "idea/", "/x", "practice/x", "IDEA/x", "idea/X", "idea/x/y", "idea/x ", "idea\n/x"})
    void a_parameter_that_names_none_is_refused(String text) {
        assertThatThrownBy(() -> Origin.parse("origin", text))
                .isInstanceOfSatisfying(
                        ValidationFailed.class,
                        it -> assertThat(it.violations()).singleElement().satisfies(one -> {
                            assertThat(one.pointer()).isEqualTo("origin");
                            assertThat(one.sentence().key()).isEqualTo("validation.origin");
                        }));
    }

    @Test
    void an_idea_is_for_members_until_the_approval_and_a_gathering_is_public() {
        Origin idea = new Origin("idea", "x");
        Origin gathering = new Origin("gathering", "x");

        assertThat(idea.isShown(false, false)).isFalse();
        assertThat(idea.isShown(true, false)).isTrue();
        assertThat(idea.isShown(false, true)).isTrue();
        assertThat(gathering.isShown(false, false)).isTrue();
    }
}
