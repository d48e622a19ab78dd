package koinon.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import koinon.eventing.model.Position;
import koinon.gateway.topics.EventRecord;
import org.jspecify.annotations.Nullable;

/// Events of a test as the topics would contain them: numbered per aggregate, with partition and offset.
public final class EventStories {

    public static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

    private final List<EventRecord> messages = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<Integer, Long> offsets = new HashMap<>();
    private StoryEnvelopes envelopes = new StoryEnvelopes();
    private Instant now = START;
    private @Nullable String mandate;

    public static EventStories none() {
        return new EventStories();
    }

    public EventStories on(String time) {
        now = Instant.parse(time);
        return this;
    }

    public EventStories under(String as) {
        mandate = as;
        return this;
    }

    /// @param subject `<aggregate>/<id>`
    /// @param event the middle of its type: `proposal.drafted`
    /// @param json with single quotes
    public EventStories happens(String subject, String event, String json) {
        long sequence = sequences.merge(subject, 1L, Long::sum);
        int place = place(subject);
        long offset = offsets.merge(place, 1L, Long::sum) - 1;
        String text = json.replace('\'', '"');
        messages.add(new EventRecord(
                new Position(subject, sequence),
                "koinon." + event + ".v1",
                now,
                "somebody",
                mandate,
                null,
                envelopes.next(subject, event, text),
                text,
                place,
                offset));
        now = now.plus(Duration.ofMinutes(1));
        return this;
    }

    /// A copy, to continue in another way.
    public EventStories copy() {
        var copy = new EventStories();
        copy.messages.addAll(messages);
        copy.sequences.putAll(sequences);
        copy.offsets.putAll(offsets);
        copy.envelopes = envelopes.copy();
        copy.now = now;
        copy.mandate = mandate;
        return copy;
    }

    public List<EventRecord> messages() {
        return messages;
    }

    /// The same event as a relay sends it once more after a crash: at the end of its partition.
    public static EventRecord sentAgain(EventRecord it) {
        return new EventRecord(
                it.position(),
                it.type(),
                it.at(),
                it.actor(),
                it.mandate(),
                it.cause(),
                it.change(),
                it.text(),
                it.place(),
                it.offset() + 1_000);
    }

    private static int place(String subject) {
        String aggregate = subject.substring(0, subject.indexOf('/'));
        int topic = switch (aggregate) {
            case "city", "group", "gathering", "idea" -> 0;
            case "call", "proposal", "project" -> 1;
            case "funder", "fund", "agreement" -> 2;
            default -> throw new IllegalArgumentException(subject);
        };
        String id = subject.substring(subject.indexOf('/') + 1);
        return topic * 12 + Math.floorMod(id.hashCode(), 12);
    }

    // The example of the tests: Hà Nội and Bangkok, one call, two funds.

    public EventStories cities() {
        return happens(
                        "city/vn-hanoi",
                        "city.registered",
                        "{'name':'Hà Nội','country':'VN','region':'Asia and the Pacific','cooperating':false}")
                .happens("city/vn-hanoi", "city.designated", "{'field':'Design'}")
                .happens(
                        "city/th-bangkok",
                        "city.registered",
                        "{'name':'Bangkok','country':'TH','region':'Asia and the Pacific','cooperating':false}")
                .happens("funder/f1", "funder.registered", "{'name':'Funder One','country':'BE','identifier':'F1'}")
                .happens("fund/m1", "fund.opened", "{'funder':'f1','name':'Main','currency':'EUR'}")
                .happens("fund/m2", "fund.opened", "{'funder':'f2','name':'Second','currency':'EUR'}");
    }

    public EventStories call() {
        return happens("call/c1", "call.drafted", "{'title':'Crafts'}")
                .happens(
                        "call/c1",
                        "call.published",
                        "{'version':1,'terms':{'title':'Crafts','currency':'EUR',"
                                + "'closes':{'local':'2026-04-01T17:00:00','zone':'Asia/Ho_Chi_Minh'},"
                                + "'thresholds':{'dueSoonDays':10,'atRiskDays':30}}}");
    }

    public EventStories draft() {
        return happens(
                "proposal/p1", "proposal.drafted", "{'call':'c1','callVersion':1,'lead':'vn-hanoi','title':'Routes'}");
    }

    /// A draft that came from a gathering or an idea.
    public EventStories draftFrom(String kind, String id) {
        return happens(
                "proposal/p1",
                "proposal.drafted",
                "{'call':'c1','callVersion':1,'lead':'vn-hanoi','title':'Routes','origin':{'kind':'" + kind + "','id':'"
                        + id + "'}}");
    }

    public EventStories partners() {
        return happens("proposal/p1", "proposal.partner-invited", "{'city':'th-bangkok'}")
                .happens("proposal/p1", "proposal.partner-accepted", "{'city':'th-bangkok'}")
                .happens("proposal/p1", "proposal.partner-part-changed", part("vn-hanoi", "60000.00"))
                .happens("proposal/p1", "proposal.partner-part-changed", part("th-bangkok", "40000.00"));
    }

    private static String part(String city, String grant) {
        return "{'city':'" + city + "','grant':{'amount':'" + grant + "','currency':'EUR'},'contributions':"
                + "[{'source':'city','kind':'cash','amount':{'amount':'5000.00','currency':'EUR'}}],"
                + "'overhead':{'amount':'0.00','currency':'EUR'},'tasks':'x'}";
    }

    public EventStories committed() {
        return happens("proposal/p1", "proposal.partner-committed", "{'city':'vn-hanoi'}")
                .happens("proposal/p1", "proposal.partner-committed", "{'city':'th-bangkok'}");
    }

    public EventStories submitted() {
        return submitted(1, "60000.00", "40000.00");
    }

    /// @param hanoi, bangkok the requested grant of each city
    public EventStories submitted(int version, String hanoi, String bangkok) {
        return happens(
                "proposal/p1",
                "proposal.submitted",
                "{'version':" + version + ",'callVersion':1,'plan':{'title':'Routes','summary':'x','themes':['crafts'],"
                        + "'sdgs':[11],'startsOn':'2026-05-01','endsOn':'2027-04-30','milestones':[],'parts':["
                        + part("vn-hanoi", hanoi) + "," + part("th-bangkok", bangkok) + "]}}");
    }

    public EventStories eligible() {
        return happens("proposal/p1", "proposal.found-eligible", "{'submission':1,'reason':'complete'}");
    }

    /// The call holds a decision on the proposal.
    public EventStories recorded(String decision) {
        return happens(
                "proposal/p1",
                "proposal.decision-recorded",
                "{'decision':'" + decision + "','reason':'held','beneficiaries':{},'release':0}");
    }

    public EventStories selected() {
        return happens(
                        "proposal/p1",
                        "proposal.selected",
                        "{'selection':1,'call':'c1','partners':[],'lead':'vn-hanoi','grants':[],'reason':'best'}")
                .agreement(
                        "m1",
                        "agreement.requested",
                        "'call':'c1','selection':1,'amount':" + eur("70000.00")
                                + ",'beneficiary':'vn-hanoi','partners':['vn-hanoi']")
                .agreement(
                        "m2",
                        "agreement.requested",
                        "'call':'c1','selection':1,'amount':" + eur("30000.00")
                                + ",'beneficiary':'th-bangkok','partners':['vn-hanoi']");
    }

    public EventStories reserved() {
        return agreement("m1", "agreement.reserved", "'selection':1,'amount':" + eur("70000.00"))
                .agreement("m2", "agreement.reserved", "'selection':1,'amount':" + eur("30000.00"));
    }

    public EventStories approved() {
        return happens("proposal/p1", "proposal.approved", "{'selection':1,'award':" + AWARD + "}")
                .happens("project/p1", "project.created", "{'selection':1,'award':" + AWARD + "}");
    }

    public EventStories offered() {
        return agreement("m1", "agreement.offered", tranches("70000.00"))
                .agreement("m2", "agreement.offered", tranches("30000.00"));
    }

    public EventStories signed() {
        return agreement("m1", "agreement.signed", "").agreement("m2", "agreement.signed", "");
    }

    public EventStories inForce() {
        return agreement("m1", "agreement.in-force", "'amount':" + eur("70000.00") + ",'postings':[]")
                .agreement("m2", "agreement.in-force", "'amount':" + eur("30000.00") + ",'postings':[]");
    }

    public EventStories partnership() {
        return happens("project/p1", "project.partnership-signed", "{'city':'vn-hanoi'}")
                .happens("project/p1", "project.partnership-signed", "{'city':'th-bangkok'}");
    }

    public EventStories started() {
        return happens("project/p1", "project.started", "{}");
    }

    public EventStories advance(String... steps) {
        for (String step : steps)
            agreement("m1", "agreement.tranche-" + step, "'tranche':'t1','amount':" + eur("35000.00"));
        return this;
    }

    public EventStories milestone(String id, String step, String more) {
        return happens("project/p1", "project." + step, "{'milestone':'" + id + "'" + more + "}");
    }

    public EventStories project(String event) {
        return happens("project/p1", "project." + event, "{'reason':'because'}");
    }

    public EventStories agreement(String fund, String event, String more) {
        return happens(
                "agreement/a-" + fund,
                event,
                "{'project':'p1','fund':'" + fund + "'" + (more.isEmpty() ? "" : "," + more) + "}");
    }

    /// All events up to an active project.
    public static EventStories active() {
        return none().cities().call().draft().untilActive();
    }

    /// All events from the draft up to an active project.
    public EventStories untilActive() {
        return partners()
                .committed()
                .submitted()
                .eligible()
                .selected()
                .reserved()
                .approved()
                .offered()
                .signed()
                .inForce()
                .partnership()
                .started();
    }

    private static String eur(String amount) {
        return "{'amount':'" + amount + "','currency':'EUR'}";
    }

    private static String tranches(String amount) {
        return "'amount':" + eur(amount) + ",'tranches':[{'id':'t1','planned':" + eur("35000.00")
                + ",'waitsFor':'in-force','milestones':[]},{'id':'t2','planned':" + eur("21000.00")
                + ",'waitsFor':'milestones','milestones':[{'id':'ms1','weight':1},{'id':'ms2','weight':3}]},"
                + "{'id':'t3','planned':" + eur("14000.00") + ",'waitsFor':'completion','milestones':[]}]";
    }

    private static final String AWARD = "{'title':'Routes','call':'c1','currency':'EUR','lead':'vn-hanoi','partners':["
            + "{'city':'vn-hanoi','grant':" + eur("60000.00") + ",'coFinancing':" + eur("5000.00") + "},"
            + "{'city':'th-bangkok','grant':" + eur("40000.00") + ",'coFinancing':" + eur("5000.00") + "}],"
            + "'grants':[{'fund':'m1','amount':" + eur("70000.00") + ",'beneficiary':'vn-hanoi'},"
            + "{'fund':'m2','amount':" + eur("30000.00") + ",'beneficiary':'th-bangkok'}],"
            + "'milestones':[{'id':'ms1','title':'Opening','due':'2026-06-01','tranche':'t2','weight':1},"
            + "{'id':'ms2','title':'Workshops','due':'2026-09-01','tranche':'t2','weight':3}],"
            + "'tranches':[{'id':'t1','share':0.5,'waitsFor':'in-force'},{'id':'t2','share':0.3,'waitsFor':'milestones'},"
            + "{'id':'t3','share':0.2,'waitsFor':'completion'}],'themes':['crafts'],'sdgs':[11],"
            + "'startsOn':'2026-05-01','endsOn':'2027-04-30','verifier':'secretariat','agreements':'all',"
            + "'thresholds':{'dueSoonDays':14,'atRiskDays':30}}";
}
