package koinon.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import koinon.testing.time.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A test in a browser, on the running system. Whatever a page says on its console as an error, and every violation
/// of its policy, fails the test.
@Tag("parts")
abstract class WithBrowser {

    private static final Pattern EXPECTED = Pattern.compile("the server responded with a status of (401|403|404|503)");

    RunningSystem running;
    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    @RegisterExtension
    final BeforeEachCallback system = (ExtensionContext context) -> running = RunningSystem.of(context);

    @BeforeEach
    void nothingIsWrongYet() {
        complaints.clear();
    }

    @AfterEach
    void no_page_complained() {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
        assertThat(complaints).isEmpty();
    }

    /// A browser of its own: cookies and storage are not shared with another.
    BrowserContext browser(int width, String language, ColorScheme scheme) {
        BrowserContext context = running.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setLocale(language.equals("en") ? "en-GB" : language)
                        .setColorScheme(scheme));
        context.setDefaultTimeout(Patience.LONGEST.toMillis());
        context.addCookies(List.of(
                new Cookie("koinon-language", language).setUrl(running.address().toString())));
        contexts.add(context);
        return context;
    }

    BrowserContext browser() {
        return browser(1280, "en", ColorScheme.LIGHT);
    }

    /// A page that reports what it complains about.
    Page page(BrowserContext context) {
        Page page = context.newPage();
        page.onConsoleMessage(it -> {
            if (it.type().equals("error") && !EXPECTED.matcher(it.text()).find()) complaints.add(it.text());
        });
        page.onPageError(complaints::add);
        return page;
    }

    /// A page of the application, once it shows what it is about.
    Page open(BrowserContext context, String path) {
        Page page = page(context);
        page.navigate(running.address() + path);
        ready(page);
        return page;
    }

    static void ready(Page page) {
        page.waitForSelector("main h1:not(.visually-hidden)");
        page.waitForFunction("() => !document.querySelector('.skeleton')");
    }

    /// Nothing that axe finds by the rules of WCAG 2.2 AA and by its own best practices.
    static void isAccessible(Page page) {
        AxeResults results = new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                .analyze();
        assertThat(results.getViolations())
                .as(page.url())
                .extracting(it -> it.getId() + ": "
                        + it.getNodes().stream()
                                .map(node -> node.getHtml())
                                .limit(3)
                                .toList())
                .isEmpty();
    }

    static void doesNotScrollSideways(Page page) {
        assertThat(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
                .as(page.url())
                .isEqualTo(0);
    }
}
