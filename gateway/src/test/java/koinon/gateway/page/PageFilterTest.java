package koinon.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/// The page of the application and its files over HTTP.
class PageFilterTest {

    private final PageHead heads = mock();
    private final PageFilter filter = new PageFilter(new PageSettings(null, false), heads, "http://127.0.0.1:8084");

    PageFilterTest() {
        when(heads.of(org.mockito.ArgumentMatchers.any(), org.mockito.ArgumentMatchers.any()))
                .thenReturn(new PageHead.Text("<Lacquer & light>", "What cities do."));
    }

    private MockHttpServletResponse get(String path, Consumer<MockHttpServletRequest> with)
            throws ServletException, IOException {
        return request("GET", path, with);
    }

    private MockHttpServletResponse request(String method, String path, Consumer<MockHttpServletRequest> with)
            throws ServletException, IOException {
        var request = new MockHttpServletRequest(method, path);
        with.accept(request);
        var response = new MockHttpServletResponse();
        response.setStatus(299);
        filter.doFilter(request, response, new MockFilterChain());
        return response;
    }

    private String page() throws ServletException, IOException {
        return get("/projects/p1", _ -> {}).getContentAsString(UTF_8);
    }

    private String moduleOf(String page) {
        var found = Pattern.compile("<script type=\"module\" src=\"([^\"]+)\"").matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    @Test
    void the_policy_allows_exactly_the_import_map_that_the_page_contains() throws Exception {
        var response = get("/", _ -> {});
        var map = Pattern.compile("<script type=\"importmap\">(.*?)</script>")
                .matcher(response.getContentAsString(UTF_8));
        assertThat(map.find()).isTrue();
        String hash = Base64.getEncoder()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(map.group(1).getBytes(UTF_8)));

        assertThat(response.getHeader("Content-Security-Policy"))
                .contains(
                        "script-src 'self' 'sha256-" + hash + "';",
                        "require-trusted-types-for 'script'",
                        "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void the_page_names_at_once_every_module_that_it_loads() throws Exception {
        assertThat(page())
                .contains("modulepreload\" href=\"/app/lib/lit/", "/pages/project.js", "/parts/map.js", "/lib/words.js")
                .contains("<link rel=\"preload\" as=\"fetch\" crossorigin href=\"/api/v1/status/projects/p1\">");
    }

    @Test
    void the_title_is_text_and_never_markup() throws Exception {
        assertThat(page()).contains("<title>&lt;Lacquer &amp; light&gt;</title>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/projects/%22%3E%3Cscript%3E", "/projects/a\"><b>"})
    void a_path_cannot_write_into_the_page(String path) throws Exception {
        assertThat(get(path, _ -> {}).getContentAsString(UTF_8)).doesNotContain("\"><script>", "<b>");
    }

    @Test
    void a_file_may_be_kept_for_good_because_its_address_changes_with_it() throws Exception {
        var response = get(moduleOf(page()), _ -> {});

        assertThat(response.getStatus()).isEqualTo(299);
        assertThat(response.getHeader("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(response.getContentType()).startsWith("text/javascript");
        assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.getHeaders("Vary")).containsExactly("Accept-Encoding");
    }

    @Test
    void a_file_is_compressed_for_who_accepts_it() throws Exception {
        String path = moduleOf(page());
        var response = get(path, it -> it.addHeader("Accept-Encoding", "br, gzip"));

        assertThat(response.getHeader("Content-Encoding")).isEqualTo("gzip");
        try (var in = new GZIPInputStream(new ByteArrayInputStream(response.getContentAsByteArray()))) {
            assertThat(in.readAllBytes()).isEqualTo(get(path, _ -> {}).getContentAsByteArray());
        }
    }

    @Test
    void an_unchanged_page_is_not_sent_again() throws Exception {
        var first = get("/calls", _ -> {});
        var again = get("/calls", it -> it.addHeader("If-None-Match", String.valueOf(first.getHeader("ETag"))));

        assertThat(first.getHeader("Cache-Control")).isEqualTo("no-cache");
        assertThat(again.getStatus()).isEqualTo(304);
        assertThat(again.getContentAsByteArray()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "vi, fr, vi",
                "-, 'fr-CA, en;q=0.8', fr",
                "-, 'de, vi;q=0.5', vi",
                "-, de, en",
                "-, -, en",
                "xx, -, en",
                "-, ;;;, en",
                "-, 'q=,;*', en"
            })
    void a_page_speaks_the_chosen_language_or_the_browsers(String chosen, String accepted, String language)
            throws Exception {
        var response = get("/", it -> {
            if (chosen != null) it.setCookies(new Cookie("koinon-language", chosen));
            if (accepted != null) it.addHeader("Accept-Language", accepted);
        });

        assertThat(response.getContentAsString(UTF_8))
                .contains("<html lang=\"" + language + "\"", "texts/common/" + language + ".json");
        assertThat(response.getHeaders("Vary")).contains("Accept-Language, Cookie");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/status/projects",
        "GET, /projectsx",
        "GET, /app/other/main.js",
        "GET, /projects/",
        "POST, /projects",
        "GET, /login"
    })
    void everything_else_goes_on_to_the_other_filters(String method, String path) throws Exception {
        var response = request(method, path, _ -> {});

        assertThat(response.getStatus()).isEqualTo(299);
        assertThat(response.getContentAsByteArray()).isEmpty();
        assertThat(response.getHeaderNames()).isEmpty();
    }

    @Test
    void a_head_request_gets_the_headers_only() throws Exception {
        var response = request("HEAD", "/", _ -> {});

        assertThat(response.getContentAsByteArray()).isEmpty();
        assertThat(response.getContentLength()).isPositive();
    }
}
