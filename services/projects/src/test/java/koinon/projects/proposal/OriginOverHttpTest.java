package koinon.projects.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import koinon.projects.ForeignEvents;
import koinon.projects.origin.KnownOrigin;
import koinon.testing.http.Api;
import koinon.testing.infrastructure.TopicRecords;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/// The idea or the gathering that a proposal comes from, received from the topic of cities.
class OriginOverHttpTest extends OverHttp {

    private final String idea = UUID.randomUUID().toString();
    private final String gathering = "forum-" + UUID.randomUUID();

    private static String origin(String kind, String id) {
        return ",\"origin\":{\"kind\":\"%s\",\"id\":\"%s\"}".formatted(kind, id);
    }

    private static String idOf(String path) {
        return path.substring("/api/v1/proposals/".length());
    }

    private static List<String> listed(Api by, String query) {
        Api.Reply reply = by.get("/api/v1/proposals?" + query);
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        reply.body().path("items").forEach(it -> ids.add(it.path("id").asString()));
        return ids;
    }

    private Api.Reply draft(String origin) {
        return draft(hanoi, call(), origin);
    }

    private static Api.Reply draft(Api by, String call, String origin) {
        return by.post(
                "/api/v1/proposals",
                "{\"call\":\"%s\",\"lead\":\"%s\",\"title\":\"Craft routes\"%s}".formatted(call, HANOI, origin));
    }

    private void known(String name, KnownOrigin.State state) {
        await().untilAsserted(() ->
                assertThat(mongo.findById(name, KnownOrigin.class)).isEqualTo(new KnownOrigin(name, state)));
    }

    @Test
    void an_idea_that_was_raised_in_a_gathering_is_drafted_from_and_shown_to_partners() {
        ForeignEvents.idea(idea, CEBU, gathering);

        String path = drafted(origin("idea", idea));

        accepted(path);
        assertThat(hanoi.get(path).text("/origin/kind")).isEqualTo("idea");
        assertThat(cebu.get(path).text("/origin/id")).isEqualTo(idea);
        assertThat(secretariat.get(path).text("/origin/id")).isEqualTo(idea);
        assertThat(anyone.as(ELSEWHERE).get(path).status()).isEqualTo(404);
        assertThat(TopicRecords.of("koinon.projects")
                        .messages(idOf(path), 1)
                        .getFirst()
                        .value())
                .contains("\"origin\":{\"kind\":\"idea\",\"id\":\"%s\"}".formatted(idea));
        assertThat(mongo.findById(idOf(path), Document.class, "proposals").get("origin"))
                .as("the index names these fields")
                .isEqualTo(new Document("kind", "idea").append("_id", idea));
        assertThat(hanoi.get(drafted()).body().has("origin")).isFalse();
    }

    @Test
    void an_idea_is_hidden_from_who_is_no_member_until_the_approval_and_the_project_names_it() {
        ForeignEvents.idea(idea, CEBU, gathering);
        String path = submitted(drafted(origin("idea", idea)));
        Api officer = anyone.as(OFFICER);
        String from = "origin=idea/" + idea;

        assertThat(officer.get(path).status()).isEqualTo(200);
        assertThat(officer.get(path).body().has("origin")).isFalse();
        assertThat(listed(officer, from)).isEmpty();
        assertThat(officer.get("/api/v1/proposals?limit=200").body().toString())
                .contains(idOf(path))
                .doesNotContain(idea);
        assertThat(listed(cebu, from)).containsExactly(idOf(path));
        assertThat(listed(secretariat, from)).containsExactly(idOf(path));
        assertThat(listed(anyone.as(ELSEWHERE), from)).isEmpty();

        approve(path);

        assertThat(officer.get(path).text("/origin/id")).isEqualTo(idea);
        assertThat(listed(officer, from)).containsExactly(idOf(path));
        String project = "/api/v1/projects/" + idOf(path);
        await().untilAsserted(
                        () -> assertThat(anyone.get(project).text("/origin/id")).isEqualTo(idea));
    }

    private void approve(String path) {
        assertThat(secretariat
                        .post(path + "/eligibility", "{\"eligible\":true,\"reason\":\"Complete.\"}")
                        .status())
                .isEqualTo(200);
        assertThat(secretariat
                        .post(path + "/selection", "{\"reason\":\"The best.\"}")
                        .status())
                .isEqualTo(200);
        for (String fund : List.of("fund-a", "fund-b"))
            ForeignEvents.happened(
                    "funding", UUID.randomUUID().toString(), 2, "agreement.reserved", """
                    {"project":"%s","fund":"%s","selection":1,"amount":{"amount":"1.00","currency":"EUR"}}""".formatted(idOf(path), fund));
        await().untilAsserted(
                        () -> assertThat(secretariat.get(path).text("/state")).isEqualTo("APPROVED"));
    }

    @Test
    void a_gathering_is_public_and_a_list_of_what_came_of_it_goes_on_page_by_page() {
        ForeignEvents.gathering(gathering, HANOI);
        String submitted = submitted(drafted(origin("gathering", gathering)));
        String draft = drafted(origin("gathering", gathering));
        drafted();
        String from = "origin=gathering/" + gathering;

        assertThat(anyone.as(OFFICER).get(submitted).text("/origin/id")).isEqualTo(gathering);
        assertThat(listed(anyone.as(OFFICER), from)).containsExactly(idOf(submitted));
        assertThat(listed(hanoi, from)).containsExactlyInAnyOrder(idOf(submitted), idOf(draft));
        assertThat(listed(hanoi, from + "&state=DRAFT")).containsExactly(idOf(draft));
        Api.Reply first = hanoi.get("/api/v1/proposals?limit=1&" + from);
        assertThat(first.text("/items/0/origin/id")).isEqualTo(gathering);
        String next = "after=" + first.text("/next");
        assertThat(listed(hanoi, "limit=1&" + from + "&" + next)).hasSize(1).doesNotContain(first.text("/items/0/id"));
        Api.Reply another = hanoi.get("/api/v1/proposals?limit=1&origin=gathering/other&" + next);
        assertThat(another.status()).isEqualTo(400);
        assertThat(another.text("/violations/0/sentence/key")).isEqualTo("validation.next-of-another");
    }

    @Test
    void a_filter_by_what_no_origin_is_is_refused_and_an_unknown_one_finds_nothing() {
        for (String wrong : List.of("idea", "practice/x", "idea/a/b", "IDEA/x")) {
            Api.Reply reply = hanoi.get("/api/v1/proposals?origin=" + wrong);
            assertThat(reply.status()).as(wrong).isEqualTo(400);
            assertThat(reply.text("/violations/0/pointer")).isEqualTo("origin");
            assertThat(reply.text("/violations/0/sentence/key")).isEqualTo("validation.origin");
        }
        assertThat(listed(secretariat, "origin=idea/" + idea)).isEmpty();
    }

    @Test
    void what_nobody_knows_and_what_is_over_is_no_origin() {
        drafted();
        Api.Reply unknownIdea = draft(origin("idea", idea));
        assertThat(unknownIdea.status()).isEqualTo(400);
        assertThat(unknownIdea.text("/violations/0/pointer")).isEqualTo("/origin/id");
        assertThat(unknownIdea.text("/violations/0/sentence/key")).isEqualTo("proposal.no-such-idea");
        assertThat(draft(origin("gathering", gathering)).text("/violations/0/sentence/key"))
                .isEqualTo("proposal.no-such-gathering");
        Api.Reply unknownKind = draft(origin("practice", "x"));
        assertThat(unknownKind.status()).isEqualTo(400);
        assertThat(unknownKind.text("/violations/0/pointer")).isEqualTo("/origin/kind");
        assertThat(unknownKind.text("/violations/0/detail")).isEqualTo("One of idea, gathering is expected.");
        assertThat(draft(",\"origin\":{}").body().path("violations")).hasSize(2);
        assertThat(draft(",\"origin\":{\"kind\":\"idea\",\"id\":\" \"}").status())
                .isEqualTo(400);

        ForeignEvents.idea(idea, CEBU, gathering);
        ForeignEvents.happened("cities", idea, 2, "idea.dropped", "{\"reason\":\"No money.\"}");
        known("idea/" + idea, KnownOrigin.State.DROPPED);
        Api.Reply dropped = draft(origin("idea", idea));
        assertThat(dropped.status()).isEqualTo(409);
        assertThat(dropped.text("/type")).isEqualTo("/problems/idea-dropped");
        ForeignEvents.happened("cities", idea, 3, "idea.raised-again", "{\"reason\":\"A fund was opened.\"}");
        known("idea/" + idea, KnownOrigin.State.OPEN);
        assertThat(draft(origin("idea", idea)).status()).isEqualTo(201);

        ForeignEvents.gathering(gathering, HANOI);
        ForeignEvents.happened("cities", gathering, 2, "gathering.cancelled", "{\"reason\":\"A storm.\"}");
        known("gathering/" + gathering, KnownOrigin.State.CANCELLED);
        Api.Reply cancelled = draft(origin("gathering", gathering));
        assertThat(cancelled.status()).isEqualTo(409);
        assertThat(cancelled.text("/type")).isEqualTo("/problems/gathering-cancelled");
    }

    @Test
    void who_may_not_draft_learns_nothing_of_an_idea() {
        drafted();
        ForeignEvents.idea(idea, CEBU, gathering);
        known("idea/" + idea, KnownOrigin.State.OPEN);
        String call = call();

        for (String id : List.of(idea, "none"))
            assertThat(draft(anyone.as(OFFICER), call, origin("idea", id)).status())
                    .as(id)
                    .isEqualTo(403);
    }

    @Test
    void replicas_are_the_same_in_any_order_and_when_events_come_twice() {
        String late = UUID.randomUUID().toString();
        ForeignEvents.happened("cities", late, 5, "idea.dropped", "{\"reason\":\"No money.\"}");
        ForeignEvents.happened("cities", late, 4, "idea.raised-again", "{\"reason\":\"Money.\"}");
        ForeignEvents.idea(late, CEBU, gathering);
        String held = "forum-" + UUID.randomUUID();
        ForeignEvents.happened("cities", held, 3, "gathering.held-reversed", "{\"reason\":\"A mistake.\"}");
        ForeignEvents.happened("cities", held, 2, "gathering.held", "{}");
        ForeignEvents.gathering(held, HANOI);
        ForeignEvents.happened("cities", held, 4, "gathering.cancelled", "{\"reason\":\"A storm.\"}");
        ForeignEvents.gathering(held, HANOI);
        ForeignEvents.idea(idea, CEBU, gathering);

        known("gathering/" + held, KnownOrigin.State.CANCELLED);
        known("idea/" + idea, KnownOrigin.State.OPEN);
        known("idea/" + late, KnownOrigin.State.DROPPED);
        // What happened before is received by now, and changed nothing.
        drafted(origin("idea", idea));
        known("gathering/" + held, KnownOrigin.State.CANCELLED);
        known("idea/" + late, KnownOrigin.State.DROPPED);
    }

    @Test
    void a_stored_proposal_with_an_origin_is_read_and_found() throws IOException {
        mongo.insert(
                Document.parse(
                        new ClassPathResource("documents/proposal-2.json").getContentAsString(StandardCharsets.UTF_8)),
                "proposals");
        String stored = "5f0d6a51-7a57-4f66-9f0e-0d8e2b6a4c12";

        String forum = "asia-creativity-forum-2025-2025-11-28";

        Api.Reply found = secretariat.get("/api/v1/proposals?origin=gathering/" + forum);
        assertThat(found.text("/items/0/id")).isEqualTo(stored);
        assertThat(found.text("/items/0/origin/id")).isEqualTo(forum);
    }
}
