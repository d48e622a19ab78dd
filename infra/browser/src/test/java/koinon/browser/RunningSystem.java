package koinon.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.launched.LaunchedSystem;
import koinon.demo.scenario.Scenario;
import koinon.demo.steps.ScenarioState;
import koinon.testing.time.Patience;
import org.junit.jupiter.api.extension.ExtensionContext;

/// One running system, full of the demo's data, and one browser, for all tests of a build.
final class RunningSystem implements AutoCloseable {

    private static final List<String> CHROMIUM =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    private final LaunchedSystem system;
    private final RunningKoinon api;
    private final Playwright playwright;
    private final Browser browser;
    private final ScenarioState state = new ScenarioState();

    private RunningSystem() {
        try {
            Path home = Files.createTempDirectory("koinon-browser");
            system = LaunchedSystem.in(home);
            api = new RunningKoinon(system.gateway(), system.issuer());
            play(home);
            playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(chromium())
                            .setArgs(List.of("--no-sandbox", "--disable-background-networking")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// The system of this build; started for the first test that asks.
    static RunningSystem of(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(RunningSystem.class, _ -> new RunningSystem(), RunningSystem.class);
    }

    private static Path chromium() {
        return CHROMIUM.stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Install Chromium (Debian: apt-get install chromium); looked for " + CHROMIUM));
    }

    private void play(Path home) throws IOException {
        Path log = home.resolve("demo.txt");
        try (PrintStream out = new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8)) {
            ScenarioReport report = new ScenarioReport(api, out, Patience.LONGEST.multipliedBy(2));
            for (Scenario it : Scenario.all(api, report, state)) {
                report.scenario(it.title());
                it.play();
            }
            if (!report.broken().isEmpty()) throw new IllegalStateException(Files.readString(log));
        }
    }

    Browser browser() {
        return browser;
    }

    LaunchedSystem system() {
        return system;
    }

    /// Another client of the same system.
    RunningKoinon api() {
        return api;
    }

    /// What the demo has made.
    ScenarioState state() {
        return state;
    }

    URI address() {
        return system.gateway();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
        api.close();
        system.close();
    }
}
