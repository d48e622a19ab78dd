package koinon.cities.city;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.rule.ValidationFailed.Violation;
import koinon.eventing.value.Texts;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/// A table as spreadsheets save it. Its encoding and its delimiter are recognised, or it is refused with the line and
/// the remedy.
///
/// @param encoding in which it is written
/// @param delimiter between its values, as a word
/// @param rows those with a value, without the header
/// @param empty number of rows without any value
record ImportTable(String encoding, String delimiter, List<Row> rows, int empty) {

    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final int LONGEST_SHOWN = 40;

    private enum Delimiter {
        COMMA(','),
        SEMICOLON(';'),
        TAB('\t');

        private final char sign;

        Delimiter(char sign) {
            this.sign = sign;
        }

        private String sign() {
            return String.valueOf(sign);
        }
    }

    /// A row with a value.
    ///
    /// @param line of its first character in the file, from 1
    /// @param columns names of the columns
    /// @param values one for each column; another number where the row differs from the header
    record Row(long line, List<String> columns, List<String> values) {

        /// As it is written; empty where there is no such column.
        String raw(String column) {
            int at = columns.indexOf(column);
            return at < 0 || at >= values.size() ? "" : values.get(at);
        }

        /// As a text is stored; empty where there is no such column.
        String text(String column) {
            return Texts.normal(raw(column));
        }
    }

    /// @param most rows at most
    /// @throws ValidationFailed when it is not a table with these columns
    static ImportTable of(byte[] bytes, List<String> required, int most) {
        Charset encoding = encoding(bytes);
        String text = decoded(bytes, encoding);
        if (text.startsWith(BYTE_ORDER_MARK)) text = text.substring(1);
        String first = text.lines().findFirst().orElse("");
        boolean named = first.toLowerCase(Locale.ROOT).matches("\"?sep=[,;\\t]\"?[,;\\t]*");
        Delimiter delimiter = named ? sign(first) : delimiter(text, required);
        List<Row> rows = new ArrayList<>();
        int empty = read(named ? text.substring(first.length()) : text, delimiter, required, most, rows);
        return new ImportTable(
                encoding.equals(StandardCharsets.UTF_8) ? "UTF-8" : "UTF-16",
                delimiter.name().toLowerCase(Locale.ROOT),
                List.copyOf(rows),
                empty);
    }

    /// By the mark at the beginning, or by the first character, which is ASCII in a header.
    private static Charset encoding(byte[] bytes) {
        if (bytes.length < 2) return StandardCharsets.UTF_8;
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if ((first == 0xff && second == 0xfe) || (first != 0 && second == 0)) return StandardCharsets.UTF_16LE;
        if ((first == 0xfe && second == 0xff) || (first == 0 && second != 0)) return StandardCharsets.UTF_16BE;
        return StandardCharsets.UTF_8;
    }

    /// Encodings of one byte per letter are not guessed: the same bytes are other letters in each of them.
    private static String decoded(byte[] bytes, Charset encoding) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        boolean wrong = encoding.newDecoder().decode(in, out, true).isError();
        String text = out.flip().toString();
        if (!wrong) return text;
        throw new ValidationFailed(
                "",
                "import.encoding",
                "Line %s is not in %s: byte %s after \"%s\". The table may be in Windows-1252 or another encoding of one"
                        + " byte per letter; save it as CSV UTF-8.",
                "line",
                text.chars().filter(it -> it == '\n').count() + 1,
                "encoding",
                encoding.name(),
                "byte",
                "%02X".formatted(bytes[in.position()]),
                "before",
                Texts.shown(text.substring(Math.max(text.lastIndexOf('\n') + 1, text.length() - 20)), LONGEST_SHOWN));
    }

    private static Delimiter sign(String first) {
        return Arrays.stream(Delimiter.values())
                .filter(it -> first.charAt(first.indexOf('=') + 1) == it.sign)
                .findFirst()
                .orElseThrow();
    }

    /// The one with which the header has most of the required columns.
    private static Delimiter delimiter(String text, List<String> required) {
        String header = text.lines().filter(it -> !it.isBlank()).findFirst().orElse("");
        return Arrays.stream(Delimiter.values())
                .max(Comparator.comparingLong((Delimiter it) ->
                                columns(header, it).filter(required::contains).count())
                        .thenComparing(Comparator.<Delimiter>naturalOrder().reversed()))
                .orElseThrow();
    }

    private static Stream<String> columns(String header, Delimiter delimiter) {
        return Arrays.stream(header.replace("\"", "").split(delimiter.sign(), -1))
                .map(ImportTable::column);
    }

    private static String column(String name) {
        return Texts.normal(name).toLowerCase(Locale.ROOT);
    }

    /// @return number of empty rows
    private static int read(String table, Delimiter delimiter, List<String> required, int most, List<Row> rows) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter.sign)
                .setIgnoreEmptyLines(false)
                .get();
        List<String> columns = List.of();
        int empty = 0;
        long line = 1;
        try (CSVParser parser = CSVParser.parse(table, format)) {
            for (CSVRecord row : parser) {
                List<String> values = row.toList();
                boolean isEmpty = values.stream().allMatch(Texts::showsNothing);
                if (isEmpty && !columns.isEmpty()) empty++;
                else if (!isEmpty && columns.isEmpty()) columns = header(values, line, delimiter, required);
                else if (!isEmpty) rows.add(new Row(line, columns, withoutRest(values, columns.size())));
                if (rows.size() > most)
                    throw new ValidationFailed(
                            "", "import.lines", "An import has at most %s lines; send it in parts.", "max", most);
                line = parser.getCurrentLineNumber() + 1;
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new ValidationFailed(
                    "",
                    "import.csv",
                    "From line %s on this is no table in CSV (RFC 4180): %s Put a value that contains a quotation mark"
                            + " between quotation marks, and write it twice within.",
                    "line",
                    line,
                    "reason",
                    reason(e));
        }
        if (columns.isEmpty()) header(List.of(), 1, delimiter, required);
        return empty;
    }

    /// Names are compared without case; columns without a name are behind the others.
    private static List<String> header(List<String> values, long line, Delimiter delimiter, List<String> required) {
        List<String> columns =
                withoutRest(values, 0).stream().map(ImportTable::column).toList();
        Set<String> before = new HashSet<>();
        List<Violation> wrong = new ArrayList<>();
        for (String it : required)
            if (!columns.contains(it))
                wrong.add(new Violation(
                        "/header",
                        "import.column-missing",
                        "The column %s is missing. Line %s was read with the delimiter %s; its columns are: %s.",
                        "column",
                        it,
                        "line",
                        line,
                        "delimiter",
                        delimiter.name().toLowerCase(Locale.ROOT),
                        "columns",
                        Texts.shown(String.join(", ", columns), 5 * LONGEST_SHOWN)));
        for (String it : columns)
            if (!it.isEmpty() && !before.add(it))
                wrong.add(new Violation(
                        "/header",
                        "import.column-twice",
                        "The column %s is there twice. Leave one of them out.",
                        "column",
                        Texts.shown(it, LONGEST_SHOWN)));
        if (!wrong.isEmpty()) throw new ValidationFailed(wrong);
        return columns;
    }

    /// The values without empty ones behind the last column, which a comma at the end of a row makes.
    private static List<String> withoutRest(List<String> values, int columns) {
        int size = values.size();
        while (size > columns && Texts.showsNothing(values.get(size - 1))) size--;
        return values.subList(0, size);
    }

    private static String reason(Throwable thrown) {
        Throwable cause = thrown.getCause() instanceof CSVException inner ? inner : thrown;
        String message = String.valueOf(cause.getMessage());
        return Texts.shown(message.endsWith(".") ? message : message + ".", 5 * LONGEST_SHOWN);
    }
}
