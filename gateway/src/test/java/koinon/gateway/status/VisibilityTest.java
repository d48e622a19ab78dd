package koinon.gateway.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import koinon.eventing.redaction.Redactions;
import koinon.eventing.value.Money;
import koinon.gateway.EventStories;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.lifecycle.LifecycleState.Change;
import koinon.gateway.list.ListText;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.task.TasksText;
import koinon.gateway.timeline.TimelineText;
import koinon.gateway.topics.EventRecord;
import koinon.testing.input.Sample;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A change or omission of something that a reader may not see changes no byte of what that reader gets: of the
/// status (which streams contain, too), of the list, of the tasks and of the timeline.
class VisibilityTest {

    private static final Instant NOW = Instant.parse("2026-06-10T00:00:00Z");
    /// Before the approval, when most of a proposal is hidden from the public.
    private static final Instant HALF_WAY = EventStories.START.plus(Duration.ofMinutes(26));

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Contracts CONTRACTS = Contracts.published();

    /// Properties that say whom or what an event is about: another value would make another event.
    private static final Set<String> NAMES = Set.of(
            "city",
            "project",
            "fund",
            "funder",
            "agreement",
            "call",
            "milestone",
            "tranche",
            "id",
            "lead",
            "beneficiary",
            "waitsFor",
            "kind",
            "version",
            "callVersion",
            "selection",
            "submission",
            "zone",
            "local",
            "due",
            "digest");

    static final Map<String, Caller> READERS = Map.of(
            "anyone", Caller.ANYONE,
            "Hanoi", new Caller(Set.of("city/vn-hanoi"), false),
            "Bangkok", new Caller(Set.of("city/th-bangkok"), false),
            "another city", new Caller(Set.of("city/de-berlin"), false),
            "funder one", new Caller(Set.of("funder/f1"), false),
            "funder two", new Caller(Set.of("funder/f2"), false),
            "the network", new Caller(Set.of(), true));

    static List<EventRecord> story() {
        String eur = "{'amount':'70000.00','currency':'EUR'}";
        String postings =
                "'funder':'f1','postings':[{'account':'fund/m1/held','amount':{'amount':'-1.00','currency':'EUR'}}]";
        return EventStories.none()
                .cities()
                .call()
                .draftFrom("idea", "i1")
                .happens(
                        "proposal/p1",
                        "proposal.summary-changed",
                        "{'title':'Routes','summary':'s','themes':['crafts'],'sdgs':[11]}")
                .partners()
                .happens("proposal/p1", "proposal.commitment-lapsed", "{'city':'th-bangkok','reason':'budget'}")
                .committed()
                .submitted()
                .happens(
                        "proposal/p1",
                        "proposal.returned",
                        "{'reason':'mend','until':{'local':'2026-04-01T17:00:00','zone':'Asia/Ho_Chi_Minh'}}")
                .happens(
                        "proposal/p1",
                        "proposal.text-redacted",
                        "{'digest':'" + Redactions.digest("p1", "mend") + "','reason':'A name.'}")
                .submitted(2, "61000.00", "39000.00")
                .recorded("INELIGIBLE")
                .recorded("ELIGIBLE")
                .happens("proposal/p1", "proposal.found-eligible", "{'submission':2,'reason':'complete'}")
                .recorded("SELECTED")
                .happens("proposal/p1", "proposal.next-changed", "{}")
                .recorded("SELECTED")
                .happens(
                        "proposal/p1",
                        "proposal.selected",
                        "{'selection':1,'call':'c1','partners':[{'city':'vn-hanoi','grant':" + eur + ",'coFinancing':"
                                + eur
                                + "}],'lead':'vn-hanoi','grants':[{'fund':'m1','amount':" + eur
                                + ",'beneficiary':'vn-hanoi'}],'reason':'best'}")
                .selected()
                .happens(
                        "fund/m1",
                        "fund.reserved",
                        "{'agreement':'a-m1','project':'p1','call':'c1','selection':1,'amount':" + eur + "," + postings
                                + "}")
                .reserved()
                .approved()
                .offered()
                .signed()
                .agreement("m1", "agreement.in-force", "'amount':" + eur + "," + postings)
                .partnership()
                .started()
                .advance("payable", "requested", "authorised")
                .agreement("m1", "agreement.tranche-sent", "'tranche':'t1','reference':'PAY-1'")
                .agreement(
                        "m1",
                        "agreement.tranche-paid",
                        "'tranche':'t1','bankReference':'BANK-1','amount':" + eur + "," + postings)
                .milestone("ms1", "milestone-reported", ",'text':'done'")
                .happens(
                        "project/p1",
                        "project.text-redacted",
                        "{'digest':'" + Redactions.digest("p1", "done") + "','reason':'A name.'}")
                .milestone("ms1", "milestone-returned", ",'reason':'more'")
                .milestone("ms1", "milestone-reported", ",'text':'done again'")
                .milestone("ms2", "postponement-requested", ",'due':'2026-10-01','reason':'Repairs.'")
                .milestone("ms1", "milestone-verified", ",'achieved':0.8,'reason':'most'")
                .milestone("ms1", "verification-withdrawn", ",'reason':'a mistake'")
                .agreement("m1", "agreement.tranche-unfounded", "'tranche':'t1','reason':'a mistake'")
                .agreement(
                        "m1",
                        "agreement.tranche-bounced",
                        "'tranche':'t1','reason':'closed account','amount':" + eur + "," + postings)
                .agreement("m2", "agreement.tranche-cancelled", "'tranche':'t1','reason':'no'")
                .project("terminated")
                .messages();
    }

    /// Everything that a caller gets about the project.
    static String answered(List<EventRecord> messages, Caller caller) {
        var currentReadModel = new CurrentReadModel(StatusRulesTest.PARTITION_INDEX, new SimpleMeterRegistry());
        var statuses = new Statuses(currentReadModel, CONTRACTS, Clock.fixed(NOW, ZoneOffset.UTC));
        messages.forEach(currentReadModel.readModel()::accept);
        assertThat(currentReadModel.readModel().unreadable()).isEmpty();
        var shown = statuses.find("p1").orElse(null);
        if (shown == null) return "nothing";
        Reader reader = caller.to(shown.involved());
        if (!shown.isVisibleTo(reader)) return "nothing";
        var redactions =
                requireNonNull(currentReadModel.readModel().facts("p1")).redactions();
        return new String(shown.rendering(reader).bytes(), UTF_8)
                + "\n" + new String(shown.item(reader).bytes(), UTF_8)
                + "\n" + past(statuses, messages, redactions, HALF_WAY, reader)
                + "\n" + ListText.of(statuses, caller)
                + "\n" + TasksText.of(statuses, currentReadModel, caller, Clock.fixed(NOW, ZoneOffset.UTC))
                + "\n" + TimelineText.of(messages, reader, shown.isApproved(), redactions);
    }

    private static String past(
            Statuses statuses, List<EventRecord> messages, Redactions redactions, Instant moment, Reader reader) {
        return statuses.at("p1", TimelineText.events(messages, redactions, moment), moment)
                .filter(it -> it.isVisibleTo(reader))
                .map(it -> new String(it.rendering(reader).bytes(), UTF_8))
                .orElse("nothing");
    }

    private static boolean isApproved(List<EventRecord> messages) {
        return messages.stream().anyMatch(it -> it.type().equals("koinon.proposal.approved.v1"));
    }

    private static Reader reader(List<EventRecord> messages, Caller caller) {
        var currentReadModel = new CurrentReadModel(StatusRulesTest.PARTITION_INDEX, new SimpleMeterRegistry());
        var statuses = new Statuses(currentReadModel, CONTRACTS, Clock.fixed(NOW, ZoneOffset.UTC));
        messages.forEach(currentReadModel.readModel()::accept);
        return statuses.find("p1").map(it -> caller.to(it.involved())).orElse(Reader.ANYONE);
    }

    private static EventRecord saying(EventRecord it, Change change, String text, Instant at) {
        return new EventRecord(
                it.position(),
                it.type(),
                at,
                it.actor(),
                it.mandate(),
                it.cause(),
                change,
                text,
                it.place(),
                it.offset());
    }

    /// Another envelope: another state, other states of its parts, other sums and no next actions.
    private static Change other(Change it) {
        Map<String, String> parts = new TreeMap<>(it.parts());
        parts.replaceAll((_, _) -> "ANOTHER");
        parts.put("milestone/ms1", "ANOTHER");
        return new Change("ANOTHER", parts, Map.of("paid", Money.of("1.00", "EUR")), "[]");
    }

    /// All leaves by their pointer.
    private static Map<String, JsonNode> leaves(JsonNode node, String pointer, Map<String, JsonNode> into) {
        if (node.isObject())
            node.propertyStream().forEach(it -> leaves(it.getValue(), pointer + "/" + it.getKey(), into));
        else if (node.isArray()) for (int i = 0; i < node.size(); i++) leaves(node.get(i), pointer + "/" + i, into);
        else into.put(pointer, node);
        return into;
    }

    private static void change(JsonNode event, String pointer) {
        int last = pointer.lastIndexOf('/');
        String name = pointer.substring(last + 1);
        if (NAMES.contains(name) && !pointer.equals("/origin/id")) return;
        JsonNode in = event.at(pointer.substring(0, last));
        JsonNode other = other(event.at(pointer));
        if (in instanceof ObjectNode object) object.set(name, other);
        else if (in instanceof ArrayNode array) array.set(Integer.parseInt(name), other);
    }

    private static JsonNode other(JsonNode leaf) {
        if (leaf.isNumber()) return JSON.getNodeFactory().numberNode(leaf.asInt() + 1);
        String text = leaf.asString();
        if (text.matches("-?[0-9]+[.][0-9]{2}")) return JSON.getNodeFactory().stringNode("123.45");
        if (text.matches("[A-Z]{3}")) return JSON.getNodeFactory().stringNode("USD");
        if (text.matches("[0-9-]{10}")) return JSON.getNodeFactory().stringNode("2026-12-24");
        return JSON.getNodeFactory().stringNode(text + " and more");
    }

    /// The events with other values where the reader may not look; the same events where the reader may see
    /// everything.
    private static List<List<EventRecord>> variants(List<EventRecord> messages, int at, Reader reader) {
        EventRecord it = messages.get(at);
        boolean approved = isApproved(messages);
        JsonNode event = JSON.readTree(it.text());
        List<List<EventRecord>> variants = new ArrayList<>();
        Set<String> hidden = new TreeSet<>(leaves(event, "", new TreeMap<>()).keySet());
        boolean known = CONTRACTS.shows(it.type(), reader, approved);
        if (known) {
            hidden.removeAll(
                    leaves(JSON.readTree(CONTRACTS.shown(it.type(), it.text(), reader, approved)), "", new TreeMap<>())
                            .keySet());
            if (hidden.isEmpty()) return variants;
        }
        hidden.forEach(pointer -> change(event, pointer));
        Instant time = known ? it.at() : it.at().plusSeconds(7);
        var changed = new ArrayList<>(messages);
        Change change = known ? it.change() : other(it.change());
        changed.set(at, saying(it, change, JSON.writeValueAsString(event), time));
        variants.add(changed);
        if (known) return variants;
        var without = new ArrayList<>(messages);
        without.remove(at);
        variants.add(without);
        return variants;
    }

    @Test
    void what_a_reader_may_not_see_changes_no_byte_of_what_the_reader_gets() {
        List<EventRecord> story = story();
        var leaks = new TreeSet<String>();
        int tried = 0;
        // CI tries every moment of the story (`-Dtest.fuzz=all`), a local run some, and always the last.
        for (int end : Sample.of(IntStream.rangeClosed(9, story.size()).boxed().toList(), story.size() - 9)) {
            List<EventRecord> messages = story.subList(0, end);
            for (Map.Entry<String, Caller> who : READERS.entrySet()) {
                String before = answered(messages, who.getValue());
                Reader reader = reader(messages, who.getValue());
                for (int at = 0; at < end; at++) {
                    // Cities, calls and funds do not belong to the project.
                    if (messages.get(at).type().matches("koinon[.](city|call|funder)[.].*|koinon[.]fund[.]opened.*"))
                        continue;
                    for (List<EventRecord> other : variants(messages, at, reader)) {
                        tried++;
                        if (!answered(other, who.getValue()).equals(before))
                            leaks.add(who.getKey() + " learns of "
                                    + messages.get(at).type()
                                    + (isApproved(messages) ? " after" : " before") + " the approval"
                                    + (other.size() < end ? ", left out" : ""));
                    }
                }
            }
        }
        assertThat(tried).isGreaterThan(500);
        assertThat(leaks).isEmpty();
    }

    @Test
    void the_status_at_this_moment_is_the_one_that_follows_from_all_events_up_to_now() {
        List<EventRecord> story = story();
        for (int end = 9; end <= story.size(); end++)
            for (Caller caller : READERS.values()) {
                var currentReadModel = new CurrentReadModel(StatusRulesTest.PARTITION_INDEX, new SimpleMeterRegistry());
                var statuses = new Statuses(currentReadModel, CONTRACTS, Clock.fixed(NOW, ZoneOffset.UTC));
                story.subList(0, end).forEach(currentReadModel.readModel()::accept);
                var shown = statuses.find("p1").orElseThrow();
                Reader reader = caller.to(shown.involved());
                if (!shown.isVisibleTo(reader)) continue;
                var redactions =
                        requireNonNull(currentReadModel.readModel().facts("p1")).redactions();
                assertThat(past(statuses, story.subList(0, end), redactions, NOW, reader))
                        .isEqualTo(new String(shown.rendering(reader).bytes(), UTF_8));
            }
    }

    @Test
    void before_the_approval_a_city_sees_its_own_budget_and_no_other() {
        var draft = EventStories.none().cities().call().draft().partners().messages();
        assertThat(answered(draft, new Caller(Set.of("city/th-bangkok"), false)))
                .contains("40000.00")
                .doesNotContain("60000.00", "100000.00");
        assertThat(answered(draft, new Caller(Set.of("city/vn-hanoi"), false)))
                .contains("60000.00")
                .doesNotContain("40000.00", "100000.00");
        assertThat(answered(draft, new Caller(Set.of(), true))).contains("60000.00", "40000.00", "100000.00");
    }

    @Test
    void once_approved_anyone_sees_what_each_city_and_each_fund_gives_and_nothing_of_accounts_or_sources() {
        assertThat(answered(story(), Caller.ANYONE))
                .contains("\"grant\":{\"amount\":\"40000.00\"", "\"grants\":[{\"fund\":{\"id\":\"m1\"")
                .doesNotContain("postings", "contributions", "coFinancing", "BANK-1", "PAY-1", "fund/m1/held");
    }
}
