package koinon.gateway.list;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.value.Money;
import koinon.gateway.audience.Contracts;
import koinon.gateway.directory.KnownCity;
import koinon.gateway.status.IndexEntry;
import koinon.gateway.status.Status;
import org.jspecify.annotations.Nullable;

/// Projects as a table for spreadsheets (RFC 4180, UTF-8 with a byte order mark): one row for each project and
/// currency, one column for each fact.
final class CsvTable {

    private static final String MARK = "\ufeff";
    private static final List<String> COLUMNS = List.of(
            "id",
            "title",
            "call",
            "call_title",
            "phase",
            "health",
            "progress",
            "lead",
            "lead_name",
            "lead_country",
            "lead_region",
            "lead_field",
            "partners",
            "partner_names",
            "funders",
            "funder_names",
            "themes",
            "sdgs",
            "next_deadline",
            "next_deadline_zone",
            "next_deadline_says",
            "updated",
            "currency",
            "requested",
            "reserved",
            "committed",
            "payable",
            "paid");

    /// Where a spreadsheet would begin a formula: at the beginning, and behind each sign that divides values or rows
    /// for one whose language does not use the comma.
    private static final Pattern FORMULA = Pattern.compile("(^|[;\\t\\r\\n])([\\p{Z}\\p{Cf}\"]*+)(?=[=+@\\-＝＋－＠])");

    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\\r\\n]|^\\s|\\s$");

    private final StringBuilder rows = new StringBuilder(MARK);

    CsvTable() {
        row(COLUMNS.stream());
    }

    void add(VisibleProjects.Visible it, Contracts contracts) {
        List<Status.Sums> money = it.entry().money(it.reader(), contracts);
        if (money.isEmpty()) row(Stream.concat(facts(it), Stream.of("", "", "", "", "", "")));
        for (Status.Sums sums : money) row(Stream.concat(facts(it), sums(sums)));
    }

    private static Stream<String> facts(VisibleProjects.Visible of) {
        IndexEntry.ListItem it = of.entry().item();
        KnownCity lead = it.lead();
        Status.@Nullable Call call = it.call();
        Status.@Nullable Deadline deadline = it.nextDeadline();
        List<Status.Named> funders = of.entry().funders(of.reader());
        return Stream.of(
                text(it.id()),
                text(it.title()),
                text(call == null ? null : call.id()),
                text(call == null ? null : call.title()),
                text(it.phase()),
                text(it.health().name()),
                number(it.progress()),
                text(lead.id()),
                text(lead.name()),
                text(lead.country()),
                text(lead.region()),
                text(lead.field()),
                text(joined(it.partners().stream().map(Status.Named::id))),
                text(joined(it.partners().stream().map(Status.Named::name))),
                text(joined(funders.stream().map(Status.Named::id))),
                text(joined(funders.stream().map(Status.Named::name))),
                text(joined(of.entry().themes().stream())),
                text(joined(of.entry().sdgs().stream().map(String::valueOf))),
                text(deadline == null ? null : deadline.at().toString()),
                text(deadline == null ? null : deadline.zone()),
                text(deadline == null ? null : deadline.says().text()),
                text(it.updated().toString()));
    }

    private static Stream<String> sums(Status.Sums it) {
        return Stream.of(
                text(it.currency()),
                amount(it.requested()),
                amount(it.reserved()),
                amount(it.committed()),
                amount(it.payable()),
                amount(it.paid()));
    }

    private static String joined(Stream<? extends @Nullable String> values) {
        return values.filter(Objects::nonNull).collect(Collectors.joining("; "));
    }

    private static String amount(@Nullable Money it) {
        return it == null ? "" : number(it.amount());
    }

    private static String number(BigDecimal it) {
        return it.toPlainString();
    }

    /// A text that no spreadsheet executes.
    static String text(@Nullable String it) {
        if (it == null) return "";
        String safe = FORMULA.matcher(it).replaceAll("$1'$2");
        return NEEDS_QUOTES.matcher(safe).find() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    private void row(Stream<String> cells) {
        rows.append(cells.collect(Collectors.joining(","))).append("\r\n");
    }

    byte[] bytes() {
        return rows.toString().getBytes(UTF_8);
    }
}
