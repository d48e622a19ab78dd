package koinon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Pages follow what happens.
class LiveTest extends WithBrowser {

    @Test
    void what_happens_elsewhere_appears_without_a_reload() {
        String project = running.state().underway;
        Page page = open(browser(), "/projects/" + project);
        String before = page.locator(".history li").first().textContent();

        running.api()
                .person("ifcd-officer-2")
                .post("/projects/" + project + "/milestones/m1/return", Map.of("reason", "Which makers took part?"));

        assertThat(page.locator(".history li").first()).not().hasText(before);
    }

    @Test
    void eight_tabs_of_a_browser_share_one_stream() {
        BrowserContext context = browser();
        AtomicInteger streams = new AtomicInteger();
        context.onRequest(it -> {
            if (it.url().contains("/status/stream")) streams.incrementAndGet();
        });
        List<Page> tabs = new ArrayList<>();
        for (int i = 0; i < 8; i++) tabs.add(open(context, "/"));

        for (Page it : tabs)
            assertThat(it.locator(".live").first()).not().hasClass(java.util.regex.Pattern.compile("lost"));
        assertThat(streams).hasValue(1);
    }
}
