package koinon.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListOverHttpTest extends OverHttp {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String id = UUID.randomUUID().toString();
    private Api anyone;
    private Api auditor;

    @BeforeEach
    void ready() {
        anyone = Api.at(port());
        auditor = anyone.as(Tokens.person("alma").mandate("auditor", "network"));
        await().until(() -> anyone.get("/actuator/health/readiness").status() == 200);
        GatewayFixture.publish(EventStories.active(), id);
        await().until(() ->
                auditor.get("/api/v1/status/projects/" + id).text("/phase").equals("ACTIVE"));
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/api/v1/status" + path));
        if (headers.length > 0) request.headers(headers);
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> of, String name) {
        return String.join(", ", of.headers().allValues(name));
    }

    @Test
    void a_list_is_searched_and_counted() {
        var found = anyone.get("/api/v1/status/projects?q=ha+noi+" + id);
        assertThat(found.text("/items/0/id")).isEqualTo(id);
        assertThat(found.text("/items/0/partners/1/name")).isEqualTo("Bangkok");
        assertThat(found.text("/items/0/money/0/committed/amount")).isEqualTo("100000.00");
        assertThat(found.text("/count")).isEqualTo("1");
        assertThat(found.text("/facets/phase/0/value")).isEqualTo("ACTIVE");
        assertThat(found.text("/facets/call/0/label")).isEqualTo("Crafts");
        assertThat(found.text("/facets/funder/0/label")).isEqualTo("Funder One");
        assertThat(found.header("ETag")).isNotEmpty();
        assertThat(anyone.get("/api/v1/status/projects?sdg=eleven&country=xyz&limit=201&q=" + "x".repeat(201))
                        .violations())
                .extracting(it -> it.substring(0, it.indexOf(' ')))
                .containsExactlyInAnyOrder("sdg", "country", "limit", "q");
    }

    @Test
    void a_list_is_a_table_for_who_asks_for_one() throws Exception {
        var table = get("/projects?q=" + id, "Accept", "text/csv");
        assertThat(table.statusCode()).isEqualTo(200);
        assertThat(header(table, "Content-Type")).isEqualTo("text/csv;charset=UTF-8");
        assertThat(header(table, "Content-Disposition")).contains("projects.csv");
        assertThat(header(table, "Vary")).contains("Accept,", "Authorization");
        assertThat(table.headers().firstValue("Koinon-Truncated")).isEmpty();
        assertThat(new String(table.body(), UTF_8)).startsWith("\ufeffid,title").contains("\r\n" + id + ",Routes,");
        for (String accept : List.of("application/json, text/csv;q=0.5", "*/*", "text/csv;q=0, application/json"))
            assertThat(header(get("/projects?q=" + id, "Accept", accept), "Content-Type"))
                    .as(accept)
                    .isEqualTo("application/json");
    }

    @Test
    void a_large_answer_is_compressed_for_who_takes_it_and_each_rendering_has_its_etag() throws Exception {
        for (String path : List.of(
                "/projects?q=" + id, "/summary?call=none", "/cooperation?call=none", "/projects/" + id + "/timeline")) {
            var plain = get(path);
            var zipped = get(path, "Accept-Encoding", "br, gzip");
            assertThat(header(zipped, "Content-Encoding")).as(path).isEqualTo("gzip");
            assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes())
                    .isEqualTo(plain.body());
            assertThat(header(plain, "Content-Encoding")).isEmpty();
            String etag = header(plain, "ETag");
            assertThat(header(zipped, "ETag")).isEqualTo(etag.replaceFirst("\"$", "-gz\""));
            for (var it : List.of(plain, zipped)) {
                assertThat(header(it, "Vary")).contains("Authorization", "Koinon-Mandate", "Accept-Encoding");
                assertThat(get(path, "If-None-Match", header(it, "ETag")).statusCode())
                        .isEqualTo(304);
                var same = get(path, "Accept-Encoding", "gzip", "If-None-Match", header(it, "ETag"));
                assertThat(same.statusCode()).isEqualTo(304);
                assertThat(header(same, "ETag")).isEqualTo(header(zipped, "ETag"));
            }
            assertThat(header(get(path, "Accept-Encoding", "gzip;q=0"), "Content-Encoding"))
                    .isEmpty();
        }
    }

    @Test
    void figures_and_cooperation_are_those_of_what_the_caller_may_see() {
        String call = "c-" + id;
        GatewayFixture.publish(
                EventStories.none()
                        .cities()
                        .happens(
                                "proposal/p1",
                                "proposal.drafted",
                                "{'call':'" + call + "','lead':'th-bangkok','title':'Title'}"),
                id + "-d");
        String summary = "/api/v1/status/summary?call=" + call;
        await().until(() -> auditor.get(summary).text("/projects").equals("1"));
        assertThat(anyone.get(summary).text("/projects")).isEqualTo("0");
        String cooperation = "/api/v1/status/cooperation?call=" + call;
        assertThat(auditor.get(cooperation).text("/cities/0/name")).isEqualTo("Bangkok");
        assertThat(anyone.get(cooperation).body().path("cities").size()).isZero();
        for (String path : List.of("projects", "summary", "cooperation"))
            assertThat(anyone.get("/api/v1/status/" + path + "?group=none").status())
                    .as(path)
                    .isEqualTo(200);
        assertThat(anyone.get("/api/v1/status/cooperation?group=none")
                        .body()
                        .path("cities")
                        .size())
                .as("no such group")
                .isZero();
        assertThat(anyone.get("/api/v1/status/cooperation?top=501&field=" + "x".repeat(201))
                        .violations())
                .hasSize(2);
    }
}
