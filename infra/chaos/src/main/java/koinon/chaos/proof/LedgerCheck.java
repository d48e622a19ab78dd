package koinon.chaos.proof;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import koinon.demo.client.Person;
import koinon.demo.client.Reply;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.Unexpected;
import tools.jackson.databind.JsonNode;

/// The money: what the funds say, what the ledger says, and what the statuses say.
public final class LedgerCheck {

    private final Person auditor;

    public LedgerCheck(RunningKoinon world) {
        this.auditor = world.person("auditor");
    }

    /// What does not hold: a fund that promised more than it has, a ledger that is not zero, a status that says
    /// something else than the ledger.
    ///
    /// @param projects whose statuses are compared
    public List<String> broken(Collection<String> funds, Collection<String> projects) {
        var broken = new ArrayList<String>();
        Map<String, BigDecimal> accounts = new HashMap<>();
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (JsonNode line : auditor.all("/ledger/balances")) {
            JsonNode money = line.path("amount");
            accounts.put(line.path("account").asString(), amount(money));
            sums.merge(money.path("currency").asString(), amount(money), BigDecimal::add);
        }
        sums.values().removeIf(it -> it.signum() == 0);
        if (!sums.isEmpty()) broken.add("the ledger adds up to " + sums);
        for (String fund : funds) overspent(fund, accounts, broken);
        for (String project : projects) compare(project, accounts, broken);
        return broken;
    }

    private void overspent(String id, Map<String, BigDecimal> accounts, List<String> broken) {
        JsonNode fund = read("/funds/" + id);
        BigDecimal envelope = amount(fund.path("envelope"));
        BigDecimal setAside = amount(fund.path("setAside"));
        BigDecimal held = amount(fund.path("held"));
        if (held.compareTo(setAside) > 0 || setAside.compareTo(envelope) > 0)
            broken.add("fund " + id + " has " + envelope + ", set aside " + setAside + " and holds " + held);
        for (JsonNode one : fund.path("setAsides"))
            if (amount(one.path("held")).compareTo(amount(one.path("amount"))) > 0)
                broken.add("fund " + id + " holds more than it set aside: " + one);
        BigDecimal available = accounts.getOrDefault("fund/" + id + "/available", BigDecimal.ZERO);
        if (available.signum() < 0 || available.compareTo(envelope.subtract(held)) != 0)
            broken.add("fund " + id + " has " + envelope + " and holds " + held + ", and the ledger says that "
                    + available + " are available");
    }

    private void compare(String project, Map<String, BigDecimal> accounts, List<String> broken) {
        JsonNode status = read("/status/projects/" + project);
        BigDecimal committed = BigDecimal.ZERO;
        BigDecimal paid = BigDecimal.ZERO;
        for (JsonNode agreement : status.path("agreements")) {
            String account = "agreement/" + agreement.path("id").asString();
            BigDecimal out = accounts.getOrDefault(account + "/paid", BigDecimal.ZERO);
            paid = paid.add(out);
            committed = committed.add(out).add(accounts.getOrDefault(account + "/outstanding", BigDecimal.ZERO));
        }
        JsonNode money = status.path("money").path(0);
        if (amount(money.path("paid")).compareTo(paid) != 0
                || amount(money.path("committed")).compareTo(committed) != 0)
            broken.add("the status of " + project + " says " + money + ", the ledger " + committed + " committed, "
                    + paid + " paid");
    }

    private JsonNode read(String path) {
        Reply reply = auditor.get(path);
        if (!reply.isFine()) throw new Unexpected(path + " was answered " + reply.said());
        return reply.body();
    }

    private static BigDecimal amount(JsonNode money) {
        return new BigDecimal(money.path("amount").asString("0"));
    }
}
