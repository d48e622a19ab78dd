package koinon.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import koinon.testing.time.Patience;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A test in a browser, on the running system. Whatever a page says on its console as an error, and every violation
/// of its policy, fails the test, unless the test expects it.
@Tag("parts")
abstract class WithBrowser {

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(Patience.millis());
    }

    private static final String TELL_VIOLATIONS =
            "addEventListener('securitypolicyviolation', it => console.error('policy: ' + it.violatedDirective))";

    RunningSystem running;
    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private @Nullable Pattern expected;

    @RegisterExtension
    final BeforeEachCallback system = (ExtensionContext context) -> running = RunningSystem.of(context);

    @AfterEach
    void no_page_complained() {
        contexts.forEach(BrowserContext::close);
        assertThat(complaints)
                .filteredOn(it -> expected == null || !expected.matcher(it).find())
                .isEmpty();
    }

    /// What this test makes the browser say on its console.
    void expect(String complaint) {
        expected = Pattern.compile(complaint);
    }

    /// A browser of its own: cookies and storage are not shared with another.
    BrowserContext browser(int width, String language, ColorScheme scheme) {
        BrowserContext context = running.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setLocale(language.equals("en") ? "en-GB" : language)
                        .setColorScheme(scheme));
        context.setDefaultTimeout(Patience.millis());
        context.addInitScript(TELL_VIOLATIONS);
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
            if (it.type().equals("error")) complaints.add(it.text() + " at " + it.location());
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

    /// Logs in as one of the demo's persons, by one click on the name.
    static void logIn(Page page, String name) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Log in"))
                .first()
                .click();
        choose(page, name);
    }

    /// A page that only who is logged in can use, opened by one of the demo's persons.
    Page open(BrowserContext context, String path, String person) {
        Page page = page(context);
        page.navigate(running.address() + "/login?then=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
        choose(page, person);
        return page;
    }

    private static void choose(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name))
                .click();
        account(page).getByText(name).waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        ready(page);
    }

    static Locator account(Page page) {
        return page.locator("header .account");
    }

    /// Lets the browser report a command's refusal, for one that the page itself would never send.
    static int post(Page page, String path) {
        return (int) page.evaluate("path => fetch(path, {method: 'POST'}).then(it => it.status)", path);
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

    /// On paper there is what the page says, and where and when it was printed, but nothing to press.
    static void printsWithoutControls(Page page) {
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        PlaywrightAssertions.assertThat(page.locator("header.bar")).isHidden();
        for (Locator control : page.locator("button, input, textarea, select").all())
            PlaywrightAssertions.assertThat(control).isHidden();
        PlaywrightAssertions.assertThat(page.locator("h1")).isVisible();
        PlaywrightAssertions.assertThat(page.locator("footer .print-only")).isVisible();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    }

    static void doesNotScrollSideways(Page page) {
        assertThat(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
                .as(page.url())
                .isEqualTo(0);
    }
}
