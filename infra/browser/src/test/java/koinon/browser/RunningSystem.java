package koinon.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import koinon.demo.client.Person;
import koinon.demo.client.Reply;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.launched.LaunchedSystem;
import koinon.demo.scenario.Scenario;
import koinon.demo.steps.AgreementSteps;
import koinon.demo.steps.City;
import koinon.demo.steps.ProposalSteps;
import koinon.demo.steps.ScenarioState;
import koinon.testing.time.Patience;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/// One running system, full of the demo's data, and one browser, for all tests of a build.
final class RunningSystem {

    private static final List<String> CHROMIUM =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    private static final PrintStream SILENT =
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);

    private final LaunchedSystem system;
    private final RunningKoinon api;
    private final RunningKoinon otherCopy;
    private final Playwright playwright;
    private final Browser browser;
    private final ScenarioState state = new ScenarioState();

    private RunningSystem(LaunchedSystem system) throws IOException {
        this.system = system;
        api = new RunningKoinon(system.gateway(), system.issuer());
        otherCopy = new RunningKoinon(URI.create("http://" + system.address("GATEWAY_2")), system.issuer());
        play(system.home());
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium())
                        .setArgs(List.of("--no-sandbox", "--disable-background-networking")));
    }

    /// The one attempt to start it: when it fails, no other test tries again.
    private record Attempt(
            @Nullable RunningSystem running, @Nullable Exception failed) implements AutoCloseable {

        static Attempt begin() {
            LaunchedSystem system = null;
            try {
                system = LaunchedSystem.in(Files.createTempDirectory("koinon-browser"), Map.of(), "--copies", "2");
                return new Attempt(new RunningSystem(system), null);
            } catch (IOException | RuntimeException e) {
                if (system != null) system.close();
                return new Attempt(null, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Attempt(null, e);
            }
        }

        RunningSystem get() {
            if (running == null) throw new IllegalStateException("The system did not start", failed);
            return running;
        }

        @Override
        public void close() {
            if (running != null) running.close();
        }
    }

    /// The system of this build; started for the first test that asks.
    static RunningSystem of(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Attempt.class, _ -> Attempt.begin(), Attempt.class)
                .get();
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

    /// A project of a test's own, that is active and has a milestone to report.
    String project(String title) {
        ScenarioReport report = report();
        String project = selected(title, report);
        AgreementSteps.of(api, report, project, state.ifcdFund, "ifcd").comeIntoForce(City.HANOI);
        for (City city : List.of(City.HANOI, City.BANDUNG))
            report.did(
                    "Signed",
                    project,
                    RunningKoinon.soon(() -> api.person(city.signatory())
                            .post("/projects/" + project + "/partnership-signatures", Map.of("city", city.id()))));
        report.shows("It starts by itself", project, it -> it.phase().equals("ACTIVE"));
        wentWell(report);
        return project;
    }

    /// The agreement of another project, that its funder has offered to Hà Nội.
    String offered(String title) {
        ScenarioReport report = report();
        String project = selected(title, report);
        AgreementSteps agreement = AgreementSteps.of(api, report, project, state.ifcdFund, "ifcd");
        report.did(
                "Offered",
                project,
                RunningKoinon.soon(() -> agreement.officer().post("/agreements/" + agreement.id() + "/offer")));
        wentWell(report);
        return agreement.id();
    }

    /// A proposal of Hà Nội and Bandung that was selected and for which there is the money.
    private String selected(String title, ScenarioReport report) {
        ProposalSteps draft = ProposalSteps.begin(api, report, City.HANOI, state.ifcdCall, title);
        draft.summary(title, "What two cities try together.", 12);
        draft.workPlan("A first workshop", "A second workshop");
        draft.part(City.HANOI, 1_000, "Workshops");
        draft.invite(City.BANDUNG);
        draft.accept(City.BANDUNG);
        draft.part(City.BANDUNG, 1_000, "Workshops");
        draft.commit(City.BANDUNG);
        draft.commit(City.HANOI);
        String project = draft.id();
        String proposal = "/proposals/" + project;
        report.did("Submitted", project, draft.submission());
        report.did(
                "Eligible",
                project,
                secretariat().post(proposal + "/eligibility", Map.of("eligible", true, "reason", "Complete.")));
        report.did("Selected", project, secretariat().post(proposal + "/selection", Map.of("reason", "Good.")));
        report.shows("It has its money", project, it -> it.phase().equals("CONTRACTING"));
        return project;
    }

    private ScenarioReport report() {
        return new ScenarioReport(api, SILENT, Patience.LONGEST.multipliedBy(2));
    }

    private static void wentWell(ScenarioReport report) {
        if (!report.broken().isEmpty())
            throw new IllegalStateException(report.broken().toString());
    }

    /// The lead reports the first milestone of a project, through the copy of the gateway that is never killed.
    void report(String project) {
        Reply reply = otherCopy
                .person("hanoi-editor")
                .post("/projects/" + project + "/milestones/m1/report", Map.of("text", "Twelve came."));
        if (!reply.isFine()) throw new IllegalStateException(reply.said());
    }

    int port(String name) {
        return URI.create("http://" + system.address(name)).getPort();
    }

    Person secretariat() {
        return api.person("secretariat-2");
    }

    /// What the demo has made.
    ScenarioState state() {
        return state;
    }

    URI address() {
        return system.gateway();
    }

    private void close() {
        browser.close();
        playwright.close();
        otherCopy.close();
        api.close();
        system.close();
    }
}
