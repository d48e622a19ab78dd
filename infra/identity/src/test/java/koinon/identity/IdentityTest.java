package koinon.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import koinon.testing.time.Patience;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

@Tag("parts")
class IdentityTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    private static int port;
    private static ConfigurableApplicationContext identity;

    @BeforeAll
    static void start() throws IOException {
        if (port == 0) {
            try (var socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
        }
        identity = new SpringApplicationBuilder(Application.class)
                .run(
                        "--server.port=" + port,
                        "--koinon.identity.folder=" + folder,
                        "--koinon.identity.request-timeout=5s");
    }

    @AfterAll
    static void stop() {
        identity.close();
    }

    @Test
    void a_token_names_the_person_by_an_opaque_subject_and_carries_the_mandates() throws Exception {
        var token = SignedJWT.parse(token("bangkok-and-ifcd", secret("bangkok-and-ifcd")));

        var claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("http://127.0.0.1:" + port);
        assertThat(claims.getSubject()).matches("[0-9a-f-]{36}").isEqualTo(Person.subject("bangkok-and-ifcd"));
        assertThat(claims.getClaim("mandates"))
                .isEqualTo(List.of(
                        Map.of(
                                "id", "bangkok-and-ifcd-1",
                                "role", "city-editor",
                                "scope", "city/th-bangkok",
                                "from", "2025-01-01"),
                        Map.of(
                                "id", "bangkok-and-ifcd-2",
                                "role", "funder-officer",
                                "scope", "funder/xm-dac-41304",
                                "from", "2025-01-01")));
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofHours(1));
        assertThat(token.verify(publishedKey())).isTrue();
        assertThat(claims.getAudience()).containsExactly("koinon");
        assertThat(token.getPayload().toString()).doesNotContain("Preecha");
    }

    @Test
    void a_machine_gets_a_token_without_mandates() throws Exception {
        var secret = new SecretsFolder(folder).secrets(Set.of("dashboard")).get("dashboard");

        var claims = SignedJWT.parse(token("dashboard", secret)).getJWTClaimsSet();

        assertThat(claims.getSubject()).isEqualTo("dashboard");
        assertThat(claims.getClaim("mandates")).isEqualTo(List.of());
    }

    @Test
    void a_restart_keeps_key_and_secrets_so_that_tokens_survive_it() throws Exception {
        var secret = secret("hanoi-editor");
        var token = SignedJWT.parse(token("hanoi-editor", secret));

        identity.close();
        start();

        assertThat(token.verify(publishedKey())).isTrue();
        assertThat(secret("hanoi-editor")).isEqualTo(secret);
    }

    @Test
    void a_wrong_secret_is_refused_and_so_is_a_stranger() throws Exception {
        assertThat(ask("hanoi-editor", "guessed").statusCode()).isEqualTo(401);
        assertThat(ask("nobody", "guessed").statusCode()).isEqualTo(401);
        assertThat(ask("hanoi-editor", secret("hanoi-signatory")).statusCode()).isEqualTo(401);
    }

    @Test
    void every_city_and_funder_of_the_demo_has_its_hands() throws Exception {
        List<String> keys = JsonPath.read(get("/demo-persons").body(), "$[*].key");
        List<String> secrets = JsonPath.read(get("/demo-persons").body(), "$[*].secret");
        List<String> scopes =
                JsonPath.read(get("/demo-persons").body(), "$[*].mandates[?(@.role=='city-editor')].scope");

        assertThat(keys)
                .hasSize(29)
                .contains("secretariat-1", "secretariat-2", "auditor", "operator", "bangkok-and-ifcd");
        assertThat(secrets).doesNotHaveDuplicates().allMatch(it -> it.length() == 43);
        assertThat(scopes)
                .contains(
                        "city/vn-hanoi",
                        "city/th-bangkok",
                        "city/id-bandung",
                        "city/ph-cebu-city",
                        "city/my-kuala-lumpur",
                        "city/sg-singapore",
                        "city/kh-battambang");
    }

    @Test
    void secrets_are_shown_only_to_who_asks_for_this_machine_by_its_own_name() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET /demo-persons HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 403")
                    .doesNotContain("secret");
        }
    }

    @Test
    void the_key_is_readable_by_its_owner_only_and_never_published_whole() throws Exception {
        var file = folder.resolve("signing-key.json");
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix"))
            assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThat(get("/oauth2/jwks").body()).contains("\"n\"").doesNotContain("\"d\"");
    }

    @Test
    void health_discovery_and_the_login_page_are_public_and_nothing_else_is() throws Exception {
        assertThat(get("/actuator/health/readiness").body()).contains("UP");
        assertThat(get("/.well-known/openid-configuration").body()).contains("\"issuer\":\"http://127.0.0.1:" + port);
        assertThat(get("/login").statusCode()).isEqualTo(200);
        assertThat(get("/actuator").statusCode()).isEqualTo(401);
    }

    private String secret(String person) throws Exception {
        List<String> found = JsonPath.read(get("/demo-persons").body(), "$[?(@.key=='%s')].secret".formatted(person));
        return found.getFirst();
    }

    private RSASSAVerifier publishedKey() throws Exception {
        return new RSASSAVerifier(
                JWKSet.parse(get("/oauth2/jwks").body()).getKeys().getFirst().toRSAKey());
    }

    private String token(String client, String secret) throws Exception {
        return JsonPath.read(ask(client, secret).body(), "$.access_token");
    }

    private HttpResponse<String> ask(String client, String secret) throws Exception {
        var credentials = Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return send(HttpRequest.newBuilder(address("/oauth2/token"))
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(address(path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            CONNECT a:80 HTTP/1.1|Host: a:80 | 501
            CONNECT /oauth2/token HTTP/1.1|Host: a | 501
            FOO /oauth2/token HTTP/1.1|Host: a | 400
            TRACE /demo-persons HTTP/1.1|Host: a | 405
            DELETE /demo-persons HTTP/1.1|Host: a | 405
            GET /error HTTP/1.1|Host: a | 404
            POST /error HTTP/1.1|Host: a|Content-Length: 0 | 404
            GET | 400
            GET / HTTP/9.9|Host: a | 505
            GET /demo-persons HTTP/1.1 | 400
            GET http://[ HTTP/1.1|Host: a | 400
            GET /../x HTTP/1.1|Host: a | 400
            GET /demo-persons;x HTTP/1.1|Host: a | 400
            GET /nowhere HTTP/1.1|Host: a | 401
            GET /oauth2/authorize?=x HTTP/1.1|Host: a | 400
            POST /oauth2/token HTTP/1.1|Host: a|Transfer-Encoding: gzip, chunked | 501
            POST /oauth2/token HTTP/1.1|Host: a|Content-Length: x | 400
            POST /oauth2/token HTTP/1.1|Host: a|Authorization: Basic \u00d0\u009a | 400
            POST /oauth2/token HTTP/1.1|Host: a|Authorization: Basic eA==|Authorization: Basic eQ== | 400
            GET /demo-persons HTTP/1.1|Host: a|authorization: Bearer x|Authorization: Bearer x | 400
            GET /demo-persons HTTP/1.1|Host: a|If-None-Match: \u00d0\u009a | 400
            GET /oauth2/jwks HTTP/1.1|Host: a|Content-Type: \u0080 | 400
            """, delimiterString = " | ")
    void what_is_no_request_is_refused_with_a_problem(String request, int status) throws IOException {
        String answer = raw(request.replace("|", "\r\n") + "\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("application/problem+json", "\"status\":" + status);
    }

    @Test
    void a_request_without_a_version_is_refused_with_a_status() throws IOException {
        for (String path : List.of("/demo-persons", "/oauth2/jwks", "/../x"))
            assertThat(raw("GET " + path + "\r\n")).startsWith("HTTP/1.1 505 ").contains("\"status\":505");
    }

    @Test
    void a_form_in_wrong_chunks_or_with_wrong_escapes_is_400() throws IOException {
        String form = "POST /oauth2/token HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: %s\r\n"
                .formatted("application/x-www-form-urlencoded");
        assertThat(raw(form + "Transfer-Encoding: chunked\r\n\r\nzz\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw(form + "Content-Length: 5\r\n\r\n%zz=1")).startsWith("HTTP/1.1 400");
    }

    @Test
    void whatever_trickles_ends_in_time() throws Exception {
        String form = "POST /oauth2/token HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n";
        Map<String, String> begun = Map.of(
                "a connection without a request", "",
                "a head", "GET /oauth2/jwks HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
                "a form", form + "Content-Length: 9999\r\n\r\n",
                "a form in chunks", form + "Transfer-Encoding: chunked\r\n\r\nffff\r\n",
                "the next request on a connection", "GET /oauth2/jwks HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        var trickling = new HashMap<String, CompletableFuture<byte[]>>();
        var sockets = new ArrayList<Socket>();
        for (var it : begun.entrySet()) {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            sockets.add(socket);
            socket.getOutputStream().write(it.getValue().getBytes(StandardCharsets.US_ASCII));
            trickling.put(
                    it.getKey(), CompletableFuture.supplyAsync(() -> readToEnd(socket), Thread::startVirtualThread));
        }
        await().pollInterval(Duration.ofMillis(250)).untilAsserted(() -> {
            sockets.forEach(IdentityTest::trickle);
            assertThat(trickling)
                    .allSatisfy((what, ended) -> assertThat(ended).as(what).isDone());
        });
        for (Socket it : sockets) it.close();
        assertThat(get("/oauth2/jwks").statusCode()).isEqualTo(200);
    }

    private static byte[] readToEnd(Socket socket) {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (IOException _) {
            return new byte[0];
        }
    }

    private static void trickle(Socket socket) {
        try {
            socket.getOutputStream().write('a');
        } catch (IOException _) {
            // It was closed, which the reader tells.
        }
    }

    @Test
    void its_folder_is_its_owner_s() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    private static String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(Patience.millis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
