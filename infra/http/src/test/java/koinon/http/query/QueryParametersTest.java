package koinon.http.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.reflect.Method;
import java.util.List;
import koinon.eventing.rule.ValidationFailed;
import koinon.http.page.Page;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.bind.annotation.RequestParam;

class QueryParametersTest {

    private static final QueryParameters LIST = QueryParameters.of(method("list"));
    private static final QueryParameters NONE = QueryParameters.of(method("none"));

    /// The methods of a controller.
    interface Declaring {
        void list(
                @RequestParam @Nullable String city,
                @RequestParam("by") @Nullable String person,
                @RequestParam(defaultValue = "updated") String sort,
                @RequestParam @Nullable List<String> types,
                Page.Wanted wanted);

        void none();
    }

    private static Method method(String name) {
        return List.of(Declaring.class.getMethods()).stream()
                .filter(it -> it.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void they_are_those_that_the_method_declares_and_those_of_a_page() {
        assertThat(LIST.names()).containsExactlyInAnyOrder("city", "by", "sort", "types", "after", "limit");
        assertThat(NONE.names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&",
                "city=a",
                "city=a&by=b",
                "ci%74y=a",
                "types=a,b",
                "city=a=b",
                "city=+a",
                "city=a&&limit=5&after=x",
                "city=%C4%91"
            })
    void what_is_declared_is_sent_once_and_with_a_value(String query) {
        assertThatCode(() -> LIST.check(query)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "City=a",
                "cities=a",
                "city[]=a",
                "person=a",
                "city=a&city=a",
                "city=a&c%69ty=b",
                "city=",
                "city",
                "city=%20",
                "city=+",
                "types=a&types=b",
                "types=a,,b",
                "types=,",
                "types=a,",
                "limit=1&limit=2",
                "question=x"
            })
    void anything_else_is_refused(String query) {
        assertThatThrownBy(() -> LIST.check(query))
                .isInstanceOfSatisfying(
                        ValidationFailed.class,
                        it -> assertThat(it.violations()).hasSize(1));
    }

    @Test
    void everything_that_is_wrong_is_named_with_what_to_do() {
        assertThatThrownBy(() -> LIST.check("funders=x&city=a&city=b&by=&types=a&types=b"))
                .isInstanceOfSatisfying(
                        ValidationFailed.class,
                        it -> assertThat(it.violations())
                                .extracting(
                                        ValidationFailed.Violation::pointer,
                                        one -> one.sentence().text())
                                .containsExactly(
                                        tuple(
                                                "funders",
                                                "There is no parameter funders here. There are: city, by, sort, types,"
                                                        + " after, limit."),
                                        tuple("city", "city must be sent once."),
                                        tuple("by", "by has no value here. Leave it out, or give it one."),
                                        tuple(
                                                "types",
                                                "types must be sent once, with its values separated by commas.")));
        assertThatThrownBy(() -> NONE.check("nonsense"))
                .isInstanceOf(ValidationFailed.class)
                .hasMessageContaining("There is no parameter nonsense here, nor another.");
    }

    @Test
    void the_pages_of_an_answer_answer_one_question() {
        String question = LIST.question("/things", "city=a&types=b");
        for (String same : List.of(
                "types=b&city=a", "city=a&types=b&limit=5&after=x", "city=a&types=b&sort=updated", "c%69ty=a&types=b"))
            assertThat(LIST.question("/things", same)).as(same).isEqualTo(question);
        for (String other : List.of("city=a", "city=b&types=b", "city=a&types=b&sort=id", "types=a&city=b"))
            assertThat(LIST.question("/things", other)).as(other).isNotEqualTo(question);
        assertThat(LIST.question("/others", "city=a&types=b")).isNotEqualTo(question);
        assertThat(LIST.question("/things", null)).isEqualTo(LIST.question("/things", "limit=7"));
    }
}
