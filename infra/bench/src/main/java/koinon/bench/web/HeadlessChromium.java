package koinon.bench.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// The Chromium of this machine. Each visitor has a cache of its own, which is empty at first.
final class HeadlessChromium implements AutoCloseable {

    /// Below this many milliseconds without an answer, more may come.
    private static final int QUIET = 500;

    /// Notes when the page last began to show its content with nothing pending.
    private static final String CONTENT = """
            window.contentAt = 0;
            new MutationObserver(() => {
              const isShown = document.querySelector('main h1:not(.visually-hidden)') && !document.querySelector('.skeleton');
              if (isShown && !window.contentAt) window.contentAt = performance.now();
              if (!isShown) window.contentAt = 0;
            }).observe(document, {childList: true, subtree: true, attributes: true, attributeFilter: ['class']});
            """;

    private final Playwright playwright;
    private final Browser browser;

    HeadlessChromium(Path executable) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of("--no-sandbox", "--disable-background-networking")));
    }

    /// Where it is installed, if it is.
    static Optional<Path> executable() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Somebody who was never here before.
    BrowserContext visitor() {
        return browser.newContext(
                new Browser.NewContextOptions().setViewportSize(1280, 900).setLocale("en-GB"));
    }

    /// Logs one of the demo's persons in.
    ///
    /// @param person as the page of the login lists them
    /// @return the cookies of the session
    List<Cookie> logIn(URI gateway, String person) {
        try (BrowserContext visitor = visitor()) {
            Page page = visitor.newPage();
            page.navigate(gateway.resolve("/login?then=/work").toString());
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(person))
                    .click();
            page.waitForURL("**/work");
            return visitor.cookies();
        }
    }

    /// Opens a page for a visitor with an empty cache.
    ///
    /// @param cookies of a session; none for somebody who is not logged in
    PageLoad load(URI address, List<Cookie> cookies) {
        var bytes = new AtomicLong();
        var requests = new AtomicInteger();
        try (BrowserContext visitor = visitor()) {
            if (!cookies.isEmpty()) visitor.addCookies(cookies);
            Page page = visitor.newPage();
            CDPSession network = visitor.newCDPSession(page);
            network.on("Network.loadingFinished", it -> {
                bytes.addAndGet(it.get("encodedDataLength").getAsLong());
                requests.incrementAndGet();
            });
            network.send("Network.enable");
            page.addInitScript(CONTENT);
            page.navigate(address.toString());
            int before = -1;
            // The stream of changes never ends, so the network is never idle.
            while (before < requests.get()) {
                before = requests.get();
                page.waitForTimeout(QUIET);
            }
            page.waitForFunction("() => window.contentAt > 0");
            return new PageLoad(
                    bytes.get(), requests.get(), ((Number) page.evaluate("() => window.contentAt")).doubleValue());
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
