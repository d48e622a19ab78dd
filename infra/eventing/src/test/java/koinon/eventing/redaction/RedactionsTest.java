package koinon.eventing.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RedactionsTest {

    private static final Redactions REDACTIONS = new Redactions("p", Set.of(Redactions.digest("p", "secret")));

    record Item(String id, @FreeText @Nullable String text, int count) {}

    record Whole(@FreeText String title, List<Item> items, Map<String, Item> byId) {}

    static class Part {

        @FreeText
        private String text = "secret";

        private String name = "secret";
        private List<Item> items = new ArrayList<>(List.of(new Item("secret", "secret", 1)));
    }

    @Test
    void a_text_is_replaced_wherever_it_is_marked_and_nowhere_else() {
        Item item = new Item("secret", "secret", 1);
        Item other = new Item("i2", null, 2);

        Whole redacted =
                REDACTIONS.applied(new Whole("secret", List.of(item, other), new TreeMap<>(Map.of("a", item))));

        Item marked = new Item("secret", Redactions.MARK, 1);
        assertThat(redacted).isEqualTo(new Whole(Redactions.MARK, List.of(marked, other), Map.of("a", marked)));
        assertThat(redacted.items().getLast()).isSameAs(other);
    }

    @Test
    void what_contains_no_such_text_stays_the_same_object() {
        Whole whole = new Whole("secrets", List.of(new Item("secret", "a secret", 1)), Map.of());

        assertThat(REDACTIONS.applied(whole)).isSameAs(whole);
        assertThat(Redactions.none("p").applied(whole)).isSameAs(whole);
        assertThat(new Redactions("another", REDACTIONS.digests()).applied(new Whole("secret", List.of(), Map.of())))
                .extracting(Whole::title)
                .isEqualTo("secret");
    }

    @Test
    void an_object_that_is_no_record_is_changed_in_place() {
        Part part = new Part();

        assertThat(REDACTIONS.applied(part)).isSameAs(part);

        assertThat(part.text).isEqualTo(Redactions.MARK);
        assertThat(part.name).isEqualTo("secret");
        assertThat(part.items).containsExactly(new Item("secret", Redactions.MARK, 1));
    }

    @Test
    void fingerprints_are_of_marked_texts_that_are_not_blank_and_not_redacted() {
        Whole whole = new Whole("secret", List.of(new Item("x", " ", 1), new Item("y", Redactions.MARK, 1)), Map.of());

        assertThat(Redactions.fingerprints("p", whole))
                .containsExactly(Redactions.fingerprint(Redactions.digest("p", "secret")));
    }
}
