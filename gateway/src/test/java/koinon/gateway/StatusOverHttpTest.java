package koinon.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import koinon.testing.time.Patience;
import koinon.testing.time.Race;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusOverHttpTest extends OverHttp {

    private final String id = UUID.randomUUID().toString();
    private Api anyone;
    private Api city;
    private Api funder;
    private Api stranger;
    private Api auditor;

    @BeforeEach
    void ready() {
        anyone = Api.at(port());
        city = anyone.as(Tokens.person("anna").mandate("city-editor", "city/th-bangkok"));
        funder = anyone.as(Tokens.person("franz").mandate("funder-officer", "funder/f2"));
        stranger = anyone.as(Tokens.person("sam").mandate("city-editor", "city/de-berlin"));
        auditor = anyone.as(Tokens.person("alma").mandate("auditor", "network"));
        await().until(() -> anyone.get("/actuator/health/readiness").status() == 200);
    }

    private String path() {
        return "/api/v1/status/projects/" + id;
    }

    private static EventStories drafted() {
        return EventStories.none().cities().call().draft().partners();
    }

    @Test
    void a_status_is_there_once_the_position_of_a_command_is_asked_for() {
        GatewayFixture.publish(drafted(), id);
        var reply = auditor.get(path() + "?atLeast=proposal/" + id + "/5");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Koinon-Position-Reached")).isEqualTo("true");
        assertThat(reply.text("/phase")).isEqualTo("DRAFT");
        assertThat(reply.text("/lead/name")).isEqualTo("Hà Nội");
        assertThat(reply.text("/money/0/requested/amount")).isEqualTo("100000.00");
        assertThat(reply.header("Koinon-As-Of"))
                .contains("koinon.cities=20")
                .contains("koinon.projects=20")
                .contains("koinon.funding=20");
    }

    @Test
    void operators_see_that_the_database_is_away_while_statuses_are_served() {
        var health =
                anyone.as(Tokens.person("olga").mandate("operator", "network")).get("/actuator/health");

        assertThat(health.text("/components/mongo/status")).isEqualTo("DOWN");
        assertThat(anyone.get("/actuator/health/readiness").status()).isEqualTo(200);
    }

    @Test
    void what_is_there_already_is_always_said_to_be_reached() {
        GatewayFixture.publish(drafted(), id);
        await().until(() -> auditor.get(path()).status() == 200);
        for (int i = 0; i < 300; i++)
            assertThat(auditor.get(path() + "?atLeast=proposal/" + id + "/1").header("Koinon-Position-Reached"))
                    .isEqualTo("true");
    }

    @Test
    void a_position_that_does_not_come_is_waited_for_and_within_two_seconds_said_not_to_be_reached() {
        GatewayFixture.publish(drafted(), id);
        await().until(() -> auditor.get(path()).status() == 200);
        long start = System.nanoTime();
        var reply = auditor.get(path() + "?atLeast=proposal/" + id + "/99");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(1650), Patience.latest(Duration.ofSeconds(2)));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Koinon-Position-Reached")).isEqualTo("false");
        assertThat(auditor.get(path() + "?atLeast=nonsense").status()).isEqualTo(400);
    }

    @Test
    void how_far_a_hidden_thing_is_cannot_be_asked() throws Exception {
        GatewayFixture.publish(drafted(), id);
        await().until(() -> auditor.get(path()).status() == 200);
        String none = "/api/v1/status/projects/none-" + id;
        for (Api who : List.of(anyone, stranger))
            assertThat(waited(
                                    who,
                                    none + "?atLeast=proposal/none-" + id + "/1",
                                    path() + "?atLeast=proposal/" + id + "/1",
                                    path() + "?atLeast=call/c1/1",
                                    path() + "?atLeast=city/vn-hanoi/1",
                                    path() + "?atLeast=fund/m1/1")
                            .stream()
                            .distinct())
                    .hasSize(1);
        assertThat(city.get(path() + "?atLeast=proposal/" + id + "/1").header("Koinon-Position-Reached"))
                .isEqualTo("true");
    }

    @Test
    void of_a_project_that_anyone_sees_its_agreements_and_funds_are_not_told() throws Exception {
        GatewayFixture.publish(EventStories.active(), id);
        await().until(() -> anyone.get(path()).text("/phase").equals("ACTIVE"));
        String agreement = "agreement/" + funder.get(path()).text("/agreements/0/id") + "/1";
        List<String> hidden = waited(
                anyone,
                path() + "?atLeast=fund/none/1",
                path() + "?atLeast=" + agreement,
                path() + "?atLeast=fund/m1/1",
                path() + "?atLeast=fund/m2/1");

        assertThat(hidden).allMatch(it -> it.startsWith("200 false"));
        assertThat(hidden.stream().distinct()).hasSize(1);
        for (String shown : List.of("project/" + id + "/1", "proposal/" + id + "/1"))
            assertThat(anyone.get(path() + "?atLeast=" + shown).header("Koinon-Position-Reached"))
                    .as(shown)
                    .isEqualTo("true");
        assertThat(funder.get(path() + "?atLeast=" + agreement).header("Koinon-Position-Reached"))
                .isEqualTo("true");
        assertThat(waited(city, path() + "?atLeast=fund/m2/1")).startsWith("200 false");
        assertThat(auditor.get(path() + "?atLeast=fund/m2/1").header("Koinon-Position-Reached"))
                .isEqualTo("true");
    }

    /// The answers after the maximum wait, which all have at the same time.
    private static List<String> waited(Api who, String... paths) throws Exception {
        return Race.of(paths.length, it -> waited(who, paths[it]));
    }

    private static String waited(Api who, String path) {
        long start = System.nanoTime();
        var reply = who.get(path);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as(path)
                .isBetween(Duration.ofMillis(1650), Patience.latest(Duration.ofSeconds(2)));
        return reply.status() + " " + reply.header("Koinon-Position-Reached") + " "
                + reply.response().body().replaceAll("none-|\"(instance|trace)\":\"[^\"]*\"", "");
    }

    @Test
    void an_answer_that_is_still_the_same_is_not_sent_again_and_says_as_of_when() {
        GatewayFixture.publish(drafted(), id);
        await().until(() ->
                auditor.get(path() + "?atLeast=proposal/" + id + "/5").status() == 200);
        var first = auditor.get(path());
        var second = auditor.with("If-None-Match", first.header("ETag")).get(path());
        assertThat(second.status()).isEqualTo(304);
        assertThat(second.header("Koinon-As-Of")).contains("koinon.projects=");
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
    }

    @Test
    void each_audience_has_its_own_rendering() {
        GatewayFixture.publish(drafted(), id);
        await().until(() -> auditor.get(path()).status() == 200);
        assertThat(anyone.get(path()).status()).isEqualTo(404);
        assertThat(stranger.get(path()).status()).isEqualTo(404);
        assertThat(city.get(path()).status()).isEqualTo(200);
        assertThat(anyone.get(path()).header("Koinon-As-Of")).isNotEmpty();

        GatewayFixture.publish(EventStories.active(), id);
        await().until(() -> anyone.get(path()).status() == 200);
        await().until(() -> funder.get(path()).text("/agreements/1/state").equals("IN_FORCE"));
        assertThat(anyone.get(path()).body().has("nextActions")).isFalse();
        assertThat(anyone.get(path()).body().has("agreements")).isFalse();
        assertThat(stranger.get(path()).body()).isEqualTo(anyone.get(path()).body());
        assertThat(city.get(path()).body().has("nextActions")).isTrue();
        assertThat(anyone.get(path()).header("ETag"))
                .isNotEqualTo(city.get(path()).header("ETag"));
        assertThat(anyone.with("Authorization", Tokens.person("x").expired().bearer())
                        .get(path())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void the_list_is_filtered_sorted_and_paged_and_shows_only_what_the_caller_may_see() {
        String call = "c" + id;
        for (String other : new String[] {"a", "b", "c"}) {
            var drafted = EventStories.none()
                    .cities()
                    .happens(
                            "proposal/p1",
                            "proposal.drafted",
                            "{'call':'" + call + "','lead':'th-bangkok','title':'Title " + other + "'}");
            GatewayFixture.publish(drafted, id + "-" + other);
        }
        String list = "/api/v1/status/projects?call=" + call;
        await().until(() -> auditor.get(list).body().path("items").size() == 3);
        assertThat(anyone.get(list).body().path("items").size()).isZero();
        assertThat(city.get(list).body().path("items").size()).isEqualTo(3);
        assertThat(auditor.get(list + "&phase=ACTIVE").body().path("items").size())
                .isZero();
        assertThat(auditor.get(list + "&city=th-bangkok&phase=draft&health=on_track")
                        .body()
                        .path("items")
                        .size())
                .isEqualTo(3);
        var first = auditor.get(list + "&sort=title&limit=2");
        assertThat(first.text("/items/0/title")).isEqualTo("Title a");
        var second = auditor.get(list + "&sort=title&limit=2&after=" + first.text("/next"));
        assertThat(second.text("/items/0/title")).isEqualTo("Title c");
        assertThat(second.body().has("next")).isFalse();
        assertThat(auditor.get(list + "&sort=colour").violations())
                .singleElement()
                .asString()
                .contains("title");
        assertThat(auditor.get(list + "&limit=0&health=fine&sort=colour&phase=actve")
                        .violations())
                .extracting(it -> it.substring(0, it.indexOf(' ')))
                .containsExactlyInAnyOrder("limit", "health", "phase", "sort");
        assertThat(auditor.get(list + "&after=x").status()).isEqualTo(400);
    }

    @Test
    void the_timeline_tells_each_event_to_its_audience_in_the_order_of_time() {
        var story = EventStories.active()
                .happens("fund/" + id, "fund.reserved", "{'project':'p1','agreement':'a','selection':1}");
        GatewayFixture.publish(story, id);
        await().until(() -> auditor.get(path()).text("/phase").equals("ACTIVE")
                && auditor.get(path() + "/timeline").body().path("items").size() > 25);
        var all = auditor.get(path() + "/timeline?limit=200").body().path("items");
        assertThat(all.size()).isEqualTo(26);
        assertThat(all.get(25).path("type").asString()).isEqualTo("koinon.fund.reserved.v1");
        assertThat(all.get(0).path("type").asString()).isEqualTo("koinon.proposal.drafted.v1");
        assertThat(all.get(0).path("facts").path("title").asString()).isEqualTo("Routes");
        assertThat(all.get(0).path("actor").asString()).isEqualTo("somebody");
        var shown = anyone.get(path() + "/timeline?limit=200").body().path("items");
        assertThat(shown.size()).isBetween(1, all.size() - 1);
        shown.forEach(it -> {
            assertThat(it.has("actor")).isFalse();
            assertThat(it.path("type").asString()).doesNotContain("partner-part-changed");
        });
        await().until(() -> funder.get(path()).status() == 200);
        for (Api involved : List.of(funder, city))
            assertThat(involved.get(path() + "/timeline?limit=200").body().path("items"))
                    .as("what is meant for those who take part")
                    .anyMatch(it -> it.path("type").asString().equals("koinon.proposal.selected.v1"))
                    .anyMatch(it -> it.path("type").asString().equals("koinon.agreement.requested.v1"));
        assertThat(shown)
                .as("and for nobody else")
                .noneMatch(it -> it.path("type").asString().equals("koinon.proposal.selected.v1"));
        var newest = auditor.get(path() + "/timeline?order=desc&limit=3");
        assertThat(newest.text("/items/0/position"))
                .isEqualTo(all.get(25).path("position").asString());
        assertThat(auditor.get(path() + "/timeline?order=desc&limit=1&after=" + newest.text("/next"))
                        .text("/items/0/position"))
                .isEqualTo(all.get(22).path("position").asString());
        var some =
                auditor.get(path() + "/timeline?order=desc&types=koinon.project.started.v1,koinon.proposal.drafted.v1");
        assertThat(some.text("/items/0/type")).isEqualTo("koinon.project.started.v1");
        assertThat(some.text("/items/1/type")).isEqualTo("koinon.proposal.drafted.v1");
        assertThat(some.body().path("items").size()).isEqualTo(2);
        assertThat(auditor.get(path() + "/timeline?actor=somebody&limit=200")
                        .body()
                        .path("items")
                        .size())
                .isEqualTo(26);
        assertThat(anyone.get(path() + "/timeline?actor=somebody")
                        .body()
                        .path("items")
                        .size())
                .as("who did it is not public")
                .isZero();
        assertThat(auditor.get(path() + "/timeline?order=up&types=nonsense&limit=0")
                        .violations())
                .extracting(it -> it.substring(0, it.indexOf(' ')))
                .containsExactlyInAnyOrder("order", "types", "limit");
        var page = auditor.get(path() + "/timeline?limit=3");
        assertThat(auditor.get(path() + "/timeline?limit=1&after=" + page.text("/next"))
                        .text("/items/0/position"))
                .isEqualTo(all.get(3).path("position").asString());
        assertThat(anyone.get("/api/v1/status/projects/nobody/timeline").status())
                .isEqualTo(404);
    }

    @Test
    void a_status_is_as_it_was_at_a_moment_for_who_could_see_it_then() {
        GatewayFixture.publish(EventStories.active(), id);
        await().until(() -> auditor.get(path()).text("/phase").equals("ACTIVE"));
        await().until(() -> anyone.get(path() + "/timeline").status() == 200);

        String drafted = path() + "?asOf=2026-03-01T09:10:00Z";
        assertThat(auditor.get(drafted).text("/phase")).isEqualTo("DRAFT");
        assertThat(city.get(drafted).text("/phase")).isEqualTo("DRAFT");
        assertThat(anyone.get(drafted).status()).as("was not public then").isEqualTo(404);
        assertThat(stranger.get(drafted).status()).isEqualTo(404);
        String contracting = path() + "?asOf=2026-03-01T09:24:00Z";
        assertThat(anyone.get(contracting).text("/phase")).isEqualTo("CONTRACTING");
        assertThat(anyone.get(contracting).text("/money/0/committed/amount")).isEqualTo("0.00");
        assertThat(anyone.get(contracting).body().has("agreements")).isFalse();
        assertThat(anyone.with("If-None-Match", anyone.get(contracting).header("ETag"))
                        .get(contracting)
                        .status())
                .isEqualTo(304);
        assertThat(auditor.get(path() + "?asOf=2026-03-01T00:00:00Z").status())
                .as("before its first event")
                .isEqualTo(404);
        assertThat(auditor.get(path() + "?asOf=2999-01-01T00:00:00Z").violations())
                .singleElement()
                .asString()
                .contains("future");
        assertThat(auditor.get(path() + "?asOf=yesterday&atLeast=project/" + id + "/1")
                        .violations())
                .hasSize(2);
    }

    @Test
    void the_latest_public_events_of_all_projects_come_newest_first() {
        GatewayFixture.publish(
                EventStories.none().on("2032-01-01T00:00:00Z").cities().draft().approved(), id);
        GatewayFixture.publish(
                EventStories.none().on("2032-01-02T00:00:00Z").cities().draft(), id + "-d");
        await().until(() -> anyone.get(path()).status() == 200);
        await().until(() -> anyone.get("/api/v1/status/events?limit=2")
                .text("/items/0/project/id")
                .equals(id));
        var events = anyone.get("/api/v1/status/events?limit=2");
        assertThat(events.text("/items/0/type")).isEqualTo("koinon.project.created.v1");
        assertThat(events.text("/items/0/project/title")).isEqualTo("Routes");
        assertThat(events.text("/items/1/type")).isEqualTo("koinon.proposal.approved.v1");
        assertThat(events.body().path("items").size()).isEqualTo(2);
        assertThat(events.body().toString()).doesNotContain("somebody");
        assertThat(auditor.get("/api/v1/status/events?limit=2").body())
                .as("the same to everybody")
                .isEqualTo(events.body());
        assertThat(anyone.get("/api/v1/status/events?limit=51").violations()).hasSize(1);
    }
}
