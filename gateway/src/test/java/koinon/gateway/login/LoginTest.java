package koinon.gateway.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import koinon.gateway.Application;
import koinon.gateway.EventStories;
import koinon.gateway.GatewayFixture;
import koinon.gateway.session.SessionWatch;
import koinon.testing.contract.Contracts;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import koinon.testing.infrastructure.TcpProxy;
import koinon.testing.infrastructure.TestInfrastructure;
import koinon.testing.time.Race;
import koinon.testing.time.TestClock;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/// People who are logged in with a browser, at two copies of the gateway with one database.
@Tag("parts")
class LoginTest {

    /// Two parts of JSON in base64url; random text has three of its characters by chance, but not this.
    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]+\\.eyJ[\\w-]+\\.");

    private static final String ENDED = "/problems/session-ended";
    private static final Tokens.Person AUDITOR = Tokens.person("alma").mandate("auditor", "network");

    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final Map<String, String> PASSED_ON = new ConcurrentHashMap<>();
    private static final String DATABASE = TestInfrastructure.ownDatabase("sessions");
    private static HttpServer service;
    private static TcpProxy wire;
    private static ConfigurableApplicationContext first;
    private static ConfigurableApplicationContext second;

    private final Browser browser = new Browser(port(first));

    @BeforeAll
    static void start() throws IOException {
        wire = new TcpProxy(URI.create(TestInfrastructure.database().uri()).getPort());
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            PASSED_ON.clear();
            exchange.getRequestHeaders().forEach((name, values) -> PASSED_ON.put(name, String.join(",", values)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        service.start();
        first = copy();
        second = copy();
    }

    private static ConfigurableApplicationContext copy() {
        GatewayFixture.createTopics();
        var copy = new SpringApplicationBuilder(Application.class, GatewayFixture.class)
                .run(
                        "--server.port=0",
                        "--spring.jmx.enabled=false",
                        "--spring.mongodb.uri=mongodb://127.0.0.1:" + wire.port(),
                        "--spring.mongodb.database=" + DATABASE,
                        "--spring.kafka.bootstrap-servers=" + TestInfrastructure.bootstrap(),
                        "--koinon.identity.issuer=" + Tokens.issuer(),
                        "--koinon.publishers.token=" + PROVIDER.address() + "/oauth2/token",
                        "--koinon.login.authorization=" + PROVIDER.address() + "/oauth2/authorize",
                        "--koinon.login.end-session=" + PROVIDER.address() + "/connect/logout",
                        "--koinon.login.client-secret=a-secret",
                        "--koinon.gateway.session-key=" + "k".repeat(43),
                        "--koinon.stream.heartbeat=300ms",
                        "--koinon.services.cities=http://127.0.0.1:"
                                + service.getAddress().getPort());
        await().until(() -> Api.at(port(copy)).get("/actuator/health/readiness").status() == 200);
        return copy;
    }

    private static int port(ConfigurableApplicationContext copy) {
        return Integer.parseInt(copy.getEnvironment().getProperty("local.server.port", "0"));
    }

    @AfterEach
    void reset() {
        wire.mend();
        PROVIDER.person = Tokens.person("anna");
        PROVIDER.tokenLife = Duration.ofHours(1);
        PROVIDER.delay = Duration.ZERO;
        PROVIDER.failure = 0;
        first.getBean(TestClock.class).reset();
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
        PROVIDER.close();
        service.stop(0);
    }

    private static String type(HttpResponse<String> answer) {
        return Contracts.parse(answer.body()).path("type").asString("");
    }

    private Browser loggedIn(Tokens.Person person) {
        PROVIDER.person = person;
        browser.login("/");
        return browser;
    }

    // Logging in

    @Test
    void a_login_leads_back_to_where_it_began_and_the_page_knows_who_is_there() {
        PROVIDER.person = Tokens.person("ha").mandate("city-editor", "city/vn-hanoi");
        assertThat(browser.me().toString()).isEqualTo("{\"authenticated\":false}");

        assertThat(browser.login("/projects/p1?tab=money#due")).isEqualTo("/projects/p1?tab=money#due");

        JsonNode me = browser.me();
        assertThat(me.path("authenticated").asBoolean()).isTrue();
        assertThat(me.path("name").asString("")).isEqualTo("ha Name");
        assertThat(me.at("/mandates/0/role").asString("")).isEqualTo("city-editor");
        assertThat(me.at("/mandates/0/scope").asString("")).isEqualTo("city/vn-hanoi");
        assertThat(me.path("csrf").asString("")).hasSize(43);
        assertThat(me.at("/session/idleUntil").asString("")).isNotEmpty();
        assertThat(me.at("/session/until").asString("")).isNotEmpty();
    }

    @Test
    void a_machine_is_told_who_it_is_without_a_session() {
        JsonNode me = Api.at(port(first)).as(AUDITOR).get("/api/v1/me").body();

        assertThat(me.path("authenticated").asBoolean()).isTrue();
        assertThat(me.at("/mandates/0/role").asString("")).isEqualTo("auditor");
        assertThat(me.has("csrf") || me.has("session")).isFalse();
    }

    @Test
    void the_browser_gets_no_token_and_the_database_none_that_opens() {
        var begun = browser.get("/login?then=/");
        var ended = browser.callback(browser.provider("/"));

        for (var answer : List.of(begun, ended))
            assertThat(answer.headers().allValues("Set-Cookie"))
                    .isNotEmpty()
                    .allSatisfy(it -> assertThat(it).contains("Secure", "HttpOnly", "SameSite=Lax", "Path=/"));
        assertThat(browser.cookies.toString()).doesNotContainPattern(TOKEN);
        try (var client = MongoClients.create(TestInfrastructure.database().uri())) {
            for (Document it :
                    client.getDatabase(DATABASE).getCollection("sessions").find())
                assertThat(it.toJson())
                        .doesNotContainPattern(TOKEN)
                        .doesNotContain(browser.cookies.get(Browser.SESSION));
        }
    }

    @Test
    void a_login_begun_in_another_browser_is_refused() {
        String callback = browser.provider("/projects");
        var other = new Browser(port(first));

        assertThat(other.callback(callback).statusCode()).isEqualTo(400);
        other.get("/login");
        assertThat(type(other.callback(callback))).isEqualTo("/problems/login");
        assertThat(other.cookies).doesNotContainKey(Browser.SESSION);
        URI uri = URI.create(callback);
        var page = other.get(uri.getRawPath() + "?" + uri.getRawQuery(), "Accept", "text/html");
        assertThat(page.body()).contains("not begun in this browser", "/login?then=%2F");
        assertThat(browser.finish(callback)).isEqualTo("/projects");
        assertThat(browser.callback(callback).statusCode()).isEqualTo(400);
    }

    @Test
    void a_login_takes_five_minutes_at_most() {
        String callback = browser.provider("/");
        first.getBean(TestClock.class).advance(Duration.ofMinutes(5));
        assertThat(type(browser.callback(callback))).isEqualTo("/problems/login");
    }

    @Test
    void a_login_leads_nowhere_else() {
        for (String then : List.of("https://evil.example", "//evil.example", "/%5Cevil.example", "/login", "&x=1"))
            assertThat(browser.get("/login?then=" + then).statusCode()).as(then).isEqualTo(400);
        assertThat(browser.get("/login?then=/&then=/projects").statusCode()).isEqualTo(400);
        assertThat(browser.get("/login?them=/").statusCode()).isEqualTo(400);
        assertThat(browser.login("/projects")).isEqualTo("/projects");
    }

    @Test
    void while_the_provider_is_away_nobody_logs_in_and_the_page_says_so() {
        String callback = browser.provider("/");
        PROVIDER.failure = 503;
        var answer = browser.callback(callback);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void a_login_begun_at_one_copy_ends_at_another() {
        String callback = browser.provider("/projects");
        Browser there = browser.at(port(second));
        assertThat(there.finish(callback)).isEqualTo("/projects");
        assertThat(there.me().path("authenticated").asBoolean()).isTrue();
    }

    @Test
    void a_second_login_ends_the_first_session_of_the_browser() {
        browser.login("/");
        var before = browser.at(port(first));
        browser.login("/");
        assertThat(before.me().path("authenticated").asBoolean()).isFalse();
        assertThat(browser.me().path("authenticated").asBoolean()).isTrue();
    }

    // What a session is good for

    @Test
    void a_person_with_a_cookie_is_shown_what_the_person_may_see_and_not_what_the_public_may() {
        String draft = "draft-" + UUID.randomUUID();
        String active = "active-" + UUID.randomUUID();
        GatewayFixture.publish(EventStories.none().cities().call().draft().partners(), draft);
        GatewayFixture.publish(EventStories.active(), active);
        Api known = Api.at(port(first)).as(AUDITOR);
        for (String it : List.of(draft, active))
            await().until(() -> known.get("/api/v1/status/projects/" + it).status() == 200);
        await().until(() ->
                known.get("/api/v1/status/projects/" + active).text("/phase").equals("ACTIVE"));
        loggedIn(AUDITOR);

        // The second time the token is known, so the fast path answers.
        for (int i = 0; i < 2; i++) {
            assertThat(browser.get("/api/v1/status/projects/" + draft).statusCode())
                    .isEqualTo(200);
            var answer = browser.get("/api/v1/status/projects/" + active);
            assertThat(answer.body())
                    .isEqualTo(known.get("/api/v1/status/projects/" + active)
                            .response()
                            .body())
                    .isNotEqualTo(Api.at(port(first))
                            .get("/api/v1/status/projects/" + active)
                            .response()
                            .body());
            assertThat(answer.headers().firstValue("Vary").orElseThrow())
                    .contains("Authorization", "Cookie", "Koinon-Mandate");
        }
        assertThat(browser.get("/api/v1/status/projects").body()).contains(draft);
    }

    @Test
    void a_request_with_a_token_of_its_own_is_that_token_s() {
        loggedIn(AUDITOR);
        var answer = browser.get(
                "/api/v1/me",
                "Authorization",
                Tokens.person("bo").mandate("operator", "network").bearer());
        assertThat(answer.body()).contains("operator").doesNotContain("auditor", "csrf");
        assertThat(browser.get("/api/v1/me", "Authorization", "Bearer wrong").statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_service_gets_the_token_and_no_cookie() {
        loggedIn(AUDITOR);
        browser.cookies.put("another", "one");

        assertThat(browser.get("/api/v1/cities").statusCode()).isEqualTo(204);

        assertThat(PASSED_ON.get("Authorization")).startsWith("Bearer eyJ");
        assertThat(PASSED_ON).doesNotContainKey("Cookie");
        assertThat(browser.get("/api/v1/cities", "Authorization", AUDITOR.bearer())
                        .statusCode())
                .isEqualTo(204);
        assertThat(PASSED_ON).doesNotContainKey("Cookie");
    }

    @Test
    void a_body_that_comes_later_than_its_head_has_the_token_too() throws Exception {
        browser.login("/");
        String csrf = browser.me().path("csrf").asString("");
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port(first))) {
            var out = socket.getOutputStream();
            out.write(
                    ("POST /api/v1/cities HTTP/1.1\r\nHost: a\r\nConnection: close\r\nCookie: " + Browser.SESSION + "="
                                    + browser.cookies.get(Browser.SESSION) + "\r\nX-CSRF-TOKEN: " + csrf
                                    + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n")
                            .getBytes(UTF_8));
            out.flush();
            // As long as a body that does not come with its head needs at least.
            Thread.sleep(200);
            out.write("{}".getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 204");
        }
        assertThat(PASSED_ON.get("Authorization")).startsWith("Bearer eyJ");
        assertThat(PASSED_ON).doesNotContainKey("Cookie");
    }

    @Test
    void a_change_that_another_site_makes_the_browser_send_is_refused() {
        browser.login("/");
        String csrf = browser.me().path("csrf").asString("");

        assertThat(type(browser.send("POST", "/logout"))).isEqualTo("/problems/csrf");
        assertThat(browser.send("POST", "/logout", "X-CSRF-TOKEN", "guessed").statusCode())
                .isEqualTo(403);
        assertThat(browser.send("POST", "/api/v1/cities", "X-CSRF-TOKEN", csrf, "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.send("DELETE", "/api/v1/me/sessions", "X-CSRF-TOKEN", csrf, "Sec-Fetch-Site", "same-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.me().path("csrf").asString("")).isEqualTo(csrf);
        assertThat(browser.command("POST", "/logout").statusCode()).isEqualTo(200);
    }

    @Test
    void somebody_sees_their_sessions() {
        PROVIDER.person = Tokens.person("sam-" + UUID.randomUUID());
        browser.login("/");
        new Browser(port(second)).login("/");

        JsonNode items =
                Contracts.parse(browser.get("/api/v1/me/sessions").body()).path("items");

        assertThat(items.values().stream().map(it -> it.path("current").asBoolean()))
                .containsExactly(false, true);
        assertThat(new Browser(port(first)).get("/api/v1/me/sessions").body()).isEqualTo("{\"items\":[]}");
    }

    // The end of a session

    @Test
    void after_a_logout_a_stolen_cookie_is_worth_nothing() {
        browser.login("/");
        Browser thief = browser.at(port(first));
        Browser elsewhere = browser.at(port(second));
        assertThat(elsewhere.me().path("authenticated").asBoolean()).isTrue();

        JsonNode out = Contracts.parse(browser.command("POST", "/logout").body());

        assertThat(out.path("redirect").asString(""))
                .startsWith(PROVIDER.address() + "/connect/logout?id_token_hint=ey")
                .contains("post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A" + port(first) + "%2F");
        assertThat(browser.cookies).doesNotContainKey(Browser.SESSION);
        assertThat(type(thief.send("POST", "/api/v1/cities"))).isEqualTo(ENDED);
        await().until(() -> !elsewhere.me().path("authenticated").asBoolean());
    }

    @Test
    void who_reads_with_an_ended_session_reads_as_the_public_and_loses_the_cookie() {
        browser.cookies.put(Browser.SESSION, "A".repeat(43));
        assertThat(browser.at(port(first)).send("POST", "/api/v1/cities").statusCode())
                .isEqualTo(401);

        assertThat(browser.get("/api/v1/status/projects").statusCode()).isEqualTo(200);

        assertThat(browser.cookies).isEmpty();
    }

    @Test
    void logging_out_everywhere_ends_every_session_and_its_streams_at_every_copy() throws Exception {
        PROVIDER.person = Tokens.person("eva-" + UUID.randomUUID());
        browser.login("/");
        var other = new Browser(port(second));
        other.login("/");
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (Browser it : List.of(browser, other, browser.at(port(second))))
            ends.add(untilEnd(it.stream("/api/v1/status/stream")));
        PROVIDER.person = Tokens.person("somebody else");
        var stranger = new Browser(port(second));
        stranger.login("/");
        CompletableFuture<Void> strangers = untilEnd(stranger.stream("/api/v1/status/stream"));

        assertThat(browser.command("DELETE", "/api/v1/me/sessions").statusCode())
                .isEqualTo(204);

        assertThat(browser.cookies).isEmpty();
        await().until(() -> ends.stream().allMatch(CompletableFuture::isDone));
        await().until(() -> !other.me().path("authenticated").asBoolean());
        assertThat(strangers).isNotDone();
        assertThat(stranger.command("POST", "/logout").statusCode()).isEqualTo(200);
        await().until(strangers::isDone);
    }

    private static CompletableFuture<Void> untilEnd(HttpResponse<InputStream> stream) {
        assertThat(stream.statusCode()).isEqualTo(200);
        return CompletableFuture.runAsync(
                () -> {
                    try (var in = stream.body()) {
                        in.transferTo(java.io.OutputStream.nullOutputStream());
                    } catch (IOException _) {
                        // It ended.
                    }
                },
                Thread::startVirtualThread);
    }

    @Test
    void a_session_ends_when_it_is_not_used_and_after_a_day_in_any_case() {
        TestClock clock = first.getBean(TestClock.class);
        browser.login("/");
        clock.advance(Duration.ofHours(8));
        assertThat(browser.me().path("authenticated").asBoolean()).isFalse();
        clock.reset();

        browser.login("/");
        for (int hours = 7; hours < 24; hours += 7) {
            clock.advance(Duration.ofHours(7));
            assertThat(browser.me().path("authenticated").asBoolean())
                    .as("after %s h", hours)
                    .isTrue();
        }
        clock.advance(Duration.ofHours(3));
        assertThat(browser.me().path("authenticated").asBoolean()).isFalse();
    }

    @Test
    void sessions_that_are_over_are_deleted() {
        browser.login("/");
        first.getBean(TestClock.class).advance(Duration.ofHours(25));
        var watch = first.getBean(SessionWatch.class);
        watch.stop();
        watch.start();
        try (var client = MongoClients.create(TestInfrastructure.database().uri())) {
            var sessions = client.getDatabase(DATABASE).getCollection("sessions");
            await().until(() -> sessions.countDocuments() == 0);
        }
    }

    // What is away

    @Test
    void a_session_is_good_at_every_copy_and_after_a_restart() {
        browser.login("/");
        assertThat(browser.at(port(second)).me()).isEqualTo(browser.me());
        second.close();
        second = copy();
        assertThat(browser.at(port(second)).me()).isEqualTo(browser.me());
    }

    @Test
    void without_the_database_sessions_in_use_go_on_until_their_end() {
        browser.login("/");
        Browser unused = new Browser(port(first));
        unused.cookies.put(Browser.SESSION, "A".repeat(43));
        wire.cut();

        // A copy in memory is good for a second, and these take longer.
        for (int i = 0; i < 3; i++) {
            assertThat(browser.me().path("authenticated").asBoolean()).isTrue();
            assertThat(unused.get("/api/v1/me").statusCode()).isEqualTo(503);
        }
        assertThat(browser.get("/api/v1/status/projects").statusCode()).isEqualTo(200);
        await().untilAsserted(
                        () -> assertThat(unused.get("/api/v1/me").headers().firstValue("Retry-After"))
                                .isPresent());
        first.getBean(TestClock.class).advance(Duration.ofHours(24));
        assertThat(browser.at(port(first)).me().path("authenticated").asBoolean())
                .isFalse();
        first.getBean(TestClock.class).reset();

        wire.mend();
        await().until(() -> browser.me().path("authenticated").asBoolean());
        await().until(() -> unused.get("/api/v1/me").statusCode() == 200);
    }

    @Test
    void many_requests_at_once_refresh_a_token_once() throws Exception {
        for (Duration left : List.of(Duration.ofSeconds(30), Duration.ofSeconds(0))) {
            PROVIDER.tokenLife = left;
            browser.login("/");
            PROVIDER.tokenLife = Duration.ofHours(1);
            PROVIDER.delay = Duration.ofMillis(200);
            int before = PROVIDER.refreshes.get();

            List<String> answers = Race.of(
                    16, n -> browser.at(port(n % 2 == 0 ? first : second)).me().toString());

            assertThat(answers).allMatch(it -> it.contains("\"authenticated\":true"));
            assertThat(PROVIDER.refreshes.get() - before)
                    .as("with %s left", left)
                    .isEqualTo(1);
        }
    }

    @Test
    void while_the_provider_is_away_a_valid_token_is_used_and_an_expired_one_is_503() {
        PROVIDER.tokenLife = Duration.ofSeconds(50);
        browser.login("/");
        PROVIDER.failure = 500;
        assertThat(browser.me().path("authenticated").asBoolean()).isTrue();
        first.getBean(TestClock.class).advance(Duration.ofMinutes(1));

        var answer = browser.get("/api/v1/me");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(type(answer)).isEqualTo("/problems/identity-away");
        assertThat(browser.get("/api/v1/status/projects/nobody").statusCode()).isEqualTo(503);
        // Pages are for everybody, and say what is away.
        assertThat(browser.get("/swagger-ui/index.html").statusCode()).isEqualTo(200);
        assertThat(browser.get("/login").statusCode()).isEqualTo(302);

        PROVIDER.failure = 0;
        PROVIDER.tokenLife = Duration.ofHours(1);
        await().until(() -> browser.me().path("authenticated").asBoolean());
    }

    @Test
    void while_the_provider_hangs_requests_with_an_expired_token_do_not_all_wait_for_it() {
        PROVIDER.tokenLife = Duration.ZERO;
        browser.login("/");
        PROVIDER.delay = Duration.ofSeconds(3);
        int before = PROVIDER.refreshes.get();
        for (int i = 0; i < 5; i++)
            assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(503);
        assertThat(PROVIDER.refreshes.get() - before).isEqualTo(1);
        PROVIDER.delay = Duration.ZERO;
        PROVIDER.tokenLife = Duration.ofHours(1);
        // The provider has used the refresh token for the answer that came too late.
        await().until(() -> browser.get("/api/v1/me").statusCode() == 200);
    }

    @Test
    void a_session_that_the_provider_has_ended_is_over() {
        PROVIDER.tokenLife = Duration.ofSeconds(30);
        browser.login("/");
        Browser same = browser.at(port(first));
        PROVIDER.forget();

        assertThat(browser.me().path("authenticated").asBoolean()).isFalse();

        assertThat(browser.cookies).isEmpty();
        assertThat(type(same.send("POST", "/api/v1/cities"))).isEqualTo(ENDED);
    }
}
