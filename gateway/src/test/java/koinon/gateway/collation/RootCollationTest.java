package koinon.gateway.collation;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.Collator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RootCollationTest {

    private static final Comparator<String> ORDER = Comparator.comparing(RootCollation::key);

    private static List<String> sorted(String... texts) {
        List<String> all = new ArrayList<>(List.of(texts));
        all.sort(ORDER);
        return all;
    }

    @Test
    void letters_are_compared_before_accents_and_case() {
        assertThat(sorted("Zebra", "Écologie", "Eco", "éa", "Đà Lạt", "apple", "Åland"))
                .containsExactly("Åland", "apple", "Đà Lạt", "éa", "Eco", "Écologie", "Zebra");
        assertThat(sorted("cote", "Côté", "coté", "côte", "Cote"))
                .containsExactly("cote", "Cote", "coté", "côte", "Côté");
    }

    @Test
    void spaces_and_signs_come_before_digits_and_these_before_letters_of_any_script() {
        assertThat(sorted("a b", "ab", "a-b", "Ωmega", "日本", "Яр", "1st", "(x)"))
                .containsExactly("(x)", "1st", "a b", "a-b", "ab", "Ωmega", "Яр", "日本");
    }

    @Test
    void the_two_forms_of_one_text_have_one_key() {
        assertThat(RootCollation.key("e\u0301")).isEqualTo(RootCollation.key("\u00e9"));
        assertThat(RootCollation.key("")).isLessThan(RootCollation.key(" "));
    }

    @Property
    void keys_compare_as_texts_do(
            @ForAll @StringLength(max = 20) String one, @ForAll @StringLength(max = 20) String other) {
        int expected = Collator.getInstance(ULocale.ROOT).compare(one, other);
        assertThat(Integer.signum(ORDER.compare(one, other))).isEqualTo(Integer.signum(expected));
    }
}
