package koinon.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import koinon.testing.http.Tokens;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The small application and a client of it; the context is shared by all tests that begin here.
@Tag("parts")
@SpringBootTest(
        classes = Things.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.import=classpath:koinon-defaults.yaml",
            "spring.application.name=things",
            "koinon.web.public=/things/open/**",
            "koinon.web.other-media-types.[/things/csv]=text/csv"
        })
abstract class OverHttp {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    static final Tokens.Person ANNA =
            Tokens.person("anna").mandate("keeper", "house/1").mandate("keeper", "house/2");
    static final String GOOD = "{\"title\":\"A thing\",\"due\":\"2026-05-01\"}";

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void identity(DynamicPropertyRegistry properties) {
        properties.add("KOINON_IDENTITY_ISSUER", Tokens::issuer);
    }

    int port() {
        return port;
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path) {
        return to(path).header("Authorization", ANNA.bearer());
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static Map<String, String> violations(HttpResponse<String> answer) {
        List<Map<String, String>> found = JsonPath.read(answer.body(), "$.violations");
        return found.stream()
                .collect(Collectors.toMap(it -> it.get("pointer"), it -> it.get("detail"), (first, _) -> first));
    }

    static void assertProblem(HttpResponse<String> answer, int status, String rule) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(JsonPath.<String>read(answer.body(), "$.type")).isEqualTo("/problems/" + rule);
        assertThat(JsonPath.<Integer>read(answer.body(), "$.status")).isEqualTo(status);
        String detail = JsonPath.read(answer.body(), "$.detail");
        assertThat(detail).isNotBlank();
        assertThat(JsonPath.<String>read(answer.body(), "$.sentence.text")).isEqualTo(detail);
        assertThat(JsonPath.<String>read(answer.body(), "$.sentence.key")).isNotBlank();
    }
}
