package koinon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import koinon.demo.client.Reply;
import koinon.testing.infrastructure.TcpProxy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Pages follow what happens elsewhere.
class LiveTest extends WithBrowser {

    private static final Pattern LOST = Pattern.compile("\\blost\\b");
    private static final Pattern SHOW_CHANGES = Pattern.compile("[0-9]+ changes?: show");

    @Test
    void what_happens_elsewhere_appears_without_a_reload() {
        String project = running.project("Looms by the river");
        Page page = open(browser(), "/projects/" + project);
        page.evaluate("() => (window.stayed = true)");

        running.report(project);

        assertThat(page.locator(".history li").first()).containsText("reported “A first workshop”");
        assertThat(page.getByText("waits for its verification")).isVisible();
        assertThat(page.evaluate("() => window.stayed")).isEqualTo(true);
    }

    @Test
    void a_row_changes_where_it_stands_and_the_list_is_sorted_anew_only_when_its_reader_asks() {
        String title = "Zithers and drums";
        String project = running.project(title);
        running.project("Changed after the zithers");
        Page page = open(browser(), "/projects?sort=updated");
        Locator titles = page.locator("tbody th a");
        List<String> before = titles.allTextContents();
        assertThat(before.getFirst()).isNotEqualTo(title);
        Locator row = page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName(title));
        assertThat(row).containsText("Active");

        fine(running.secretariat().post("/projects/" + project + "/suspension", Map.of("reason", "A flood.")));

        assertThat(row).containsText("Suspended");
        assertThat(titles.allTextContents()).isEqualTo(before);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(SHOW_CHANGES))
                .click();
        assertThat(titles.first()).hasText(title);
    }

    @Test
    void eight_tabs_share_one_stream_and_another_goes_on_when_the_reading_one_is_closed() {
        String project = running.project("Eight bells");
        BrowserContext context = browser();
        List<Request> streams = new ArrayList<>();
        context.onRequest(it -> {
            if (it.url().contains("/status/stream")) streams.add(it);
        });
        List<Page> tabs = new ArrayList<>();
        for (int i = 0; i < 8; i++) tabs.add(open(context, "/projects/" + project));
        assertThat(streams).hasSize(1);

        tabs.removeFirst().close();
        running.report(project);

        for (Page it : tabs) assertThat(it.locator(".history li").first()).containsText("reported");
        assertThat(streams).hasSize(2);
        assertThat(streams.getLast().headerValue("Last-Event-ID")).isNotBlank();
    }

    @Test
    void a_lost_connection_is_said_and_what_was_missed_appears() {
        expect("net::ERR_");
        String project = running.project("Paper boats");
        BrowserContext context = browser();
        Page page = open(context, "/projects/" + project);
        Locator live = page.locator(".live");

        context.setOffline(true);
        assertThat(live).containsText("Not live since");
        assertThat(live).hasClass(LOST);
        isAccessible(page);
        running.report(project);
        context.setOffline(false);

        assertThat(live).hasText("Live");
        assertThat(page.locator(".history li").first()).containsText("reported");
    }

    @Test
    void where_the_stream_cannot_go_on_the_page_reads_again_what_it_shows() {
        expect("net::ERR_");
        String project = running.project("Reed boats");
        BrowserContext context = browser();
        Page page = open(context, "/projects/" + project);
        assertThat(page.locator(".live")).hasText("Live");

        context.setOffline(true);
        assertThat(page.locator(".live")).containsText("Not live since");
        running.report(project);
        context.route("**/status/stream*", it -> {
            Map<String, String> headers = new HashMap<>(it.request().headers());
            headers.put("last-event-id", "of another world");
            it.resume(new Route.ResumeOptions().setHeaders(headers));
        });
        context.setOffline(false);

        assertThat(page.locator(".live")).hasText("Live");
        assertThat(page.locator(".history li").first()).containsText("reported");
    }

    @Test
    @Tag("restarts")
    void when_a_gateway_is_killed_under_an_open_page_the_other_copy_goes_on() throws Exception {
        expect("net::ERR_|status of 50\\d");
        String project = running.project("Two bridges");
        var ports = new int[] {running.port("GATEWAY"), running.port("GATEWAY_2")};
        try (var both = new TcpProxy(ports)) {
            Page page = page(browser());
            page.navigate("http://127.0.0.1:" + both.port() + "/projects/" + project);
            ready(page);

            running.system().kill("gateway");
            try {
                running.report(project);

                assertThat(page.locator(".history li").first()).containsText("reported");
                assertThat(page.locator(".live")).not().hasClass(LOST);
            } finally {
                running.system().restart("gateway");
            }
        }
    }

    private static void fine(Reply reply) {
        assertThat(reply.isFine()).as(reply.said()).isTrue();
    }
}
