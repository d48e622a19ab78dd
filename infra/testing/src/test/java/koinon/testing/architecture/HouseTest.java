package koinon.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import koinon.testing.architecture.House.Figure;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// `infra/docs/house.md` says how the house is built, in figures. Run with `-Dhouse.write=true` to write them.
class HouseTest {

    private static final boolean WRITE = Boolean.getBoolean("house.write");
    private static final Pattern BLOCK = Pattern.compile("<!-- figures -->.*?<!-- /figures -->", Pattern.DOTALL);
    private static final Path ROOT = Contracts.folder().getParent().getParent();
    private static final Path PAGE = ROOT.resolve("infra/docs/house.md");

    private final Map<String, House> parts = House.all(ROOT);

    @ParameterizedTest
    @EnumSource(Figure.class)
    void the_page_says_what_is_so_to_within_a_tenth(Figure figure) throws IOException {
        if (WRITE)
            Files.writeString(
                    PAGE,
                    BLOCK.matcher(Files.readString(PAGE))
                            .replaceAll(Matcher.quoteReplacement(
                                    "<!-- figures -->\n" + House.table(parts) + "<!-- /figures -->")));
        List<Double> said = House.read(Files.readString(PAGE), figure);
        List<Double> counted =
                parts.values().stream().map(it -> it.value(figure)).toList();
        for (int part = 0; part < counted.size(); part++)
            assertThat(said.get(part))
                    .as("%s of %s; write it with -Dhouse.write=true", figure.label(), parts.keySet())
                    .isBetween(counted.get(part) * 0.9 - 1, counted.get(part) * 1.1 + 1);
    }

    @ParameterizedTest
    @EnumSource(Figure.class)
    void no_figure_is_worse_than_its_limit(Figure figure) {
        parts.forEach((part, house) -> assertThat(figure.allows(house.value(figure)))
                .as("%s of %s: %s", figure.label(), part, house.value(figure))
                .isTrue());
    }

    @ParameterizedTest
    @CsvSource({"MOST, 10, true", "MOST, 11, false", "HIDDEN, 40, true", "HIDDEN, 39, false", "TYPES, 100000, true"})
    void a_limit_is_the_worst_that_is_allowed(Figure figure, double value, boolean allowed) {
        assertThat(figure.allows(value)).isEqualTo(allowed);
    }

    @Test
    void types_are_counted_by_their_files(@TempDir Path folder) throws IOException {
        Path one = Files.createDirectory(folder.resolve("one"));
        Path two = Files.createDirectory(folder.resolve("two"));
        Files.writeString(one.resolve("A.java"), "public final class A {\n    public void b() {}\n}\n");
        Files.writeString(one.resolve("B.java"), "class B {\n    public void b() {}\n}\n");
        Files.writeString(one.resolve("package-info.java"), "package one;\n");
        Files.writeString(two.resolve("C.java"), "record C() {}\n");
        House house = House.of(Stream.of(folder));
        assertThat(Stream.of(Figure.values()).map(house::value)).containsExactly(3.0, 2.0, 1.5, 2.0, 67.0, 3.0, 3.0);
    }
}
