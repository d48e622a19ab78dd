package koinon.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// A person logs in at the gateway: as a browser and as the gateway would ask.
@Tag("parts")
class LoginTest {

    private static final String ORIGIN = "http://127.0.0.1:18080";
    private static final String CALLBACK = ORIGIN + "/login/oauth2/code/koinon";
    private static final String VERIFIER = "v".repeat(43);

    @TempDir
    private static Path folder;

    private static int port;
    private static ConfigurableApplicationContext identity;

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    @BeforeAll
    static void start() throws IOException {
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        identity = new SpringApplicationBuilder(Application.class)
                .run(
                        "--server.port=" + port,
                        "--koinon.identity.folder=" + folder,
                        "--koinon.identity.origins=" + ORIGIN,
                        "--koinon.identity.secrets.koinon-web=the-secret");
    }

    @AfterAll
    static void stop() {
        identity.close();
    }

    @Test
    void the_chosen_person_is_in_both_tokens_and_the_name_only_in_the_one_for_the_gateway() throws Exception {
        String tokens = tokens(codeOf("hanoi-signatory"));

        JWTClaimsSet access = claims(tokens, "access_token");
        assertThat(access.getSubject()).isEqualTo(Person.subject("hanoi-signatory"));
        assertThat(access.getAudience()).containsExactly("koinon");
        assertThat(access.getClaim("mandates").toString()).contains("city-signatory", "city/vn-hanoi");
        assertThat(access.getClaim("name")).isNull();
        JWTClaimsSet id = claims(tokens, "id_token");
        assertThat(id.getSubject()).isEqualTo(access.getSubject());
        assertThat(id.getAudience()).containsExactly("koinon-web");
        assertThat(id.getClaim("name")).isEqualTo("Trần Quốc Minh");
        assertThat(id.getClaim("nonce")).isEqualTo("a-nonce");
    }

    @Test
    void a_refresh_token_is_good_once() throws Exception {
        String first = JsonPath.read(tokens(codeOf("hanoi-editor")), "$.refresh_token");

        HttpResponse<String> refreshed = refresh(first);

        assertThat(claims(refreshed.body(), "access_token").getSubject()).isEqualTo(Person.subject("hanoi-editor"));
        String second = JsonPath.read(refreshed.body(), "$.refresh_token");
        assertThat(second).isNotEqualTo(first);
        assertThat(refresh(first).statusCode()).isEqualTo(400);
        assertThat(refresh(second).statusCode()).isEqualTo(200);
    }

    @Test
    void a_code_is_good_once_and_only_for_who_began_the_login() throws Exception {
        String code = codeOf("hanoi-editor");
        assertThat(exchange(code, "w".repeat(43), "the-secret").statusCode()).isEqualTo(400);
        code = codeOf("hanoi-editor");
        assertThat(exchange(code, VERIFIER, "guessed").statusCode()).isEqualTo(401);
        assertThat(exchange(code, VERIFIER, "the-secret").statusCode()).isEqualTo(200);
        assertThat(exchange(code, VERIFIER, "the-secret").statusCode()).isEqualTo(400);
    }

    @Test
    void a_code_is_sent_only_to_the_gateway_and_only_with_a_challenge() throws Exception {
        assertThat(get(authorize("https://evil.example/login/oauth2/code/koinon", true))
                        .statusCode())
                .isEqualTo(400);
        String refused =
                get(authorize(CALLBACK, false)).headers().firstValue("Location").orElse("");
        assertThat(refused).startsWith(CALLBACK).contains("error=invalid_request");
    }

    @Test
    void the_page_lists_everybody_by_place_with_their_roles_and_runs_nothing_foreign() throws Exception {
        HttpResponse<String> page = get(at("/login"));

        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.body())
                .contains(
                        "<h3>Hà Nội</h3>",
                        "Trần Quốc Minh",
                        "signatory",
                        "<h3>Example Fund for Cultural Diversity</h3>",
                        "<h3>The network</h3>")
                .contains("officer and approver", "also acts for Bangkok")
                .doesNotContain("style=", "onclick", "the-secret")
                .doesNotContainPattern("<script(?! src=)");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "form-action 'self' " + ORIGIN)
                .doesNotContain("unsafe");
        for (String file : new String[] {"/login/style.css", "/login/search.js"})
            assertThat(get(at(file)).statusCode()).isEqualTo(200);
    }

    @Test
    void its_cookie_has_a_name_that_no_other_port_of_this_host_uses() throws Exception {
        get(at("/login"));
        assertThat(cookies.getCookieStore().getCookies()).extracting("name").containsExactly("koinon-identity");
    }

    @Test
    void nobody_chooses_for_another_browser_nor_somebody_who_is_not_listed() throws Exception {
        assertThat(post(at("/login"), "person=hanoi-editor").statusCode()).isEqualTo(403);
        assertThat(choose("nobody").headers().firstValue("Location").orElse("")).endsWith("/login");
    }

    @Test
    void the_page_is_for_who_asks_for_this_machine_by_its_own_name() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET /login HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 403")
                    .doesNotContain("person");
        }
    }

    @Test
    void who_is_logged_in_is_asked_again_only_after_logging_out() throws Exception {
        String tokens = tokens(codeOf("hanoi-editor"));
        assertThat(code(get(authorize(CALLBACK, true)))).isNotEmpty();

        String idToken = JsonPath.read(tokens, "$.id_token");
        HttpResponse<String> out = get(at("/connect/logout?id_token_hint=" + idToken + "&post_logout_redirect_uri="
                + URLEncoder.encode(ORIGIN + "/", UTF_8)));

        assertThat(out.headers().firstValue("Location").orElseThrow()).isEqualTo(ORIGIN + "/");
        assertThat(get(authorize(CALLBACK, true))
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .endsWith("/login");
    }

    @Test
    void a_logout_of_a_forgotten_login_ends_the_session_and_leads_back_to_the_gateway_only() throws Exception {
        codeOf("hanoi-editor");
        String unknown = "/connect/logout?id_token_hint=unknown&post_logout_redirect_uri=";

        assertThat(get(at(unknown + "https://evil.example/")).statusCode()).isEqualTo(400);
        assertThat(code(get(authorize(CALLBACK, true)))).isNotEmpty();
        assertThat(get(at(unknown + ORIGIN + "/")).headers().firstValue("Location"))
                .contains(ORIGIN + "/");
        assertThat(get(authorize(CALLBACK, true))
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .endsWith("/login");
    }

    @Test
    void who_comes_to_the_page_by_themselves_is_led_to_the_gateway() throws Exception {
        assertThat(choose("hanoi-editor").headers().firstValue("Location")).contains(ORIGIN + "/login");
    }

    private String codeOf(String person) throws Exception {
        cookies.getCookieStore().removeAll();
        assertThat(get(authorize(CALLBACK, true))
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .endsWith("/login");
        String onwards = choose(person).headers().firstValue("Location").orElseThrow();
        return code(get(URI.create(onwards)));
    }

    private static String code(HttpResponse<String> answer) {
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith(CALLBACK).contains("state=a-state");
        var matcher = Pattern.compile("[?&]code=([^&]+)").matcher(location);
        return matcher.find() ? matcher.group(1) : "";
    }

    private HttpResponse<String> choose(String person) throws Exception {
        var matcher = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"")
                .matcher(get(at("/login")).body());
        assertThat(matcher.find()).isTrue();
        return post(at("/login"), form(Map.of("_csrf", matcher.group(1), "person", person)));
    }

    private String tokens(String code) throws Exception {
        HttpResponse<String> answer = exchange(code, VERIFIER, "the-secret");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> exchange(String code, String verifier, String secret) throws Exception {
        return asGateway(
                secret,
                Map.of(
                        "grant_type", "authorization_code",
                        "code", code,
                        "redirect_uri", CALLBACK,
                        "code_verifier", verifier));
    }

    private HttpResponse<String> refresh(String token) throws Exception {
        return asGateway("the-secret", Map.of("grant_type", "refresh_token", "refresh_token", token));
    }

    private HttpResponse<String> asGateway(String secret, Map<String, String> form) throws Exception {
        String basic = Base64.getEncoder().encodeToString(("koinon-web:" + secret).getBytes(UTF_8));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(at("/oauth2/token"))
                                .header("Authorization", "Basic " + basic)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form(form)))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static URI authorize(String callback, boolean challenged) throws Exception {
        String challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(UTF_8)));
        return at("/oauth2/authorize?"
                + form(Map.of(
                        "response_type", "code",
                        "client_id", "koinon-web",
                        "scope", "openid",
                        "state", "a-state",
                        "nonce", "a-nonce",
                        "redirect_uri", callback))
                + (challenged ? "&code_challenge_method=S256&code_challenge=" + challenge : ""));
    }

    private static JWTClaimsSet claims(String tokens, String which) throws Exception {
        return SignedJWT.parse(JsonPath.read(tokens, "$." + which)).getJWTClaimsSet();
    }

    private HttpResponse<String> get(URI uri) throws Exception {
        return browser.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(URI uri, String form) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
