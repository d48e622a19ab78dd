package koinon.demo.steps;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import koinon.demo.client.Person;
import koinon.demo.client.Reply;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import tools.jackson.databind.JsonNode;

/// A lead city and its partners write a proposal.
public final class ProposalSteps {

    private final RunningKoinon world;
    private final ScenarioReport report;
    private final City lead;
    private final String id;

    private ProposalSteps(RunningKoinon world, ScenarioReport report, City lead, String id) {
        this.world = world;
        this.report = report;
        this.lead = lead;
        this.id = id;
    }

    /// The lead's editor begins one under a call.
    public static ProposalSteps begin(
            RunningKoinon world, ScenarioReport report, City lead, String call, String title) {
        return begin(world, report, lead, title, Map.of("call", call, "lead", lead.id(), "title", title));
    }

    /// The lead's editor takes up an idea in one.
    public static ProposalSteps takeUp(
            RunningKoinon world, ScenarioReport report, City lead, String call, String title, String idea) {
        Map<String, String> origin = Map.of("kind", "idea", "id", idea);
        return begin(
                world, report, lead, title, Map.of("call", call, "lead", lead.id(), "title", title, "origin", origin));
    }

    private static ProposalSteps begin(
            RunningKoinon world, ScenarioReport report, City lead, String title, Map<String, Object> body) {
        Reply drafted = RunningKoinon.soon(() -> world.person(lead.editor()).post("/proposals", body));
        String id = drafted.isFine() ? drafted.id() : "";
        report.did(lead.label() + " drafts \"" + title + "\"", id, drafted);
        return new ProposalSteps(world, report, lead, id);
    }

    public String id() {
        return id;
    }

    public void summary(String title, String summary, int months) {
        LocalDate start =
                LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh")).plusDays(60).withDayOfMonth(1);
        write(
                lead.label() + " writes what it is about",
                "/summary",
                Map.of(
                        "title", title,
                        "summary", summary,
                        "themes", List.of("design"),
                        "sdgs", List.of(8, 11),
                        "startsOn", start.toString(),
                        "endsOn", start.plusMonths(months).minusDays(1).toString()));
    }

    /// Two milestones that earn the interim tranche, the first 60 % of it.
    public void workPlan(String first, String second) {
        LocalDate start =
                LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh")).plusDays(60).withDayOfMonth(1);
        write(
                lead.label() + " plans two milestones that earn the interim tranche",
                "/work-plan",
                Map.of(
                        "milestones",
                        List.of(
                                milestone("m1", first, start.plusMonths(4), 3),
                                milestone("m2", second, start.plusMonths(9), 2))));
    }

    private static Map<String, Object> milestone(String id, String title, LocalDate due, int weight) {
        return Map.of("id", id, "title", title, "due", due.toString(), "tranche", "interim", "weight", weight);
    }

    public void invite(City city) {
        report.did(
                lead.label() + " invites " + city.label(),
                id,
                editor(lead).post("/proposals/" + id + "/partners", Map.of("city", city.id())));
    }

    public void accept(City city) {
        report.did(city.label() + " accepts", id, of(city, "acceptance", Map.of()));
    }

    public void decline(City city, String reason) {
        report.did(city.label() + " declines: " + reason, id, of(city, "decline", Map.of("reason", reason)));
    }

    public void commit(City city) {
        report.did(city.label() + " commits to its part", id, of(city, "commitment", Map.of()));
    }

    private Reply of(City city, String what, Map<String, ?> body) {
        return world.person(city.signatory()).post("/proposals/" + id + "/partners/" + city.id() + "/" + what, body);
    }

    /// A city asks for a grant and brings a fifth of its budget in cash.
    public void part(City city, int grant, String tasks) {
        write(
                city.label() + " writes its part: " + grant + " USD for " + tasks.toLowerCase(java.util.Locale.ROOT),
                "/partners/" + city.id() + "/part",
                editor(city),
                Map.of(
                        "grant", usd(grant),
                        "contributions",
                                List.of(Map.of(
                                        "source", "Budget of the city",
                                        "kind", "cash",
                                        "amount", usd(grant / 4))),
                        "overhead", usd(grant / 10),
                        "tasks", tasks));
    }

    private static Map<String, String> usd(int amount) {
        return Map.of("amount", amount + ".00", "currency", "USD");
    }

    private void write(String sentence, String part, Map<String, ?> body) {
        write(sentence, part, editor(lead), body);
    }

    private void write(String sentence, String part, Person who, Map<String, ?> body) {
        String path = "/proposals/" + id + part;
        report.did(sentence, id, who.put(path, who.get(path).etag(), body));
    }

    /// Whether it may be submitted, rule by rule.
    public JsonNode readiness() {
        Reply reply = editor(lead).get("/proposals/" + id + "/readiness");
        report.expect("Readiness is answered", reply.isFine(), reply.said());
        return reply.body();
    }

    public Reply submission() {
        return world.person(lead.signatory()).post("/proposals/" + id + "/submission");
    }

    private Person editor(City city) {
        return world.person(city.editor());
    }
}
