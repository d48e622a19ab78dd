package koinon.bench.web;

import com.microsoft.playwright.options.Cookie;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import koinon.bench.gateway.DemoSystem;
import koinon.bench.load.Latencies;
import koinon.bench.row.BenchEnvironment;
import koinon.bench.row.ResultLine;
import koinon.bench.row.Row;
import koinon.bench.seed.Seed;
import koinon.demo.client.RunningKoinon;
import koinon.demo.launched.LaunchedSystem;

/// Pages in a browser: what they weigh, how soon they show their content, answer a person and show a change.
final class PagesRow implements Row {

    private static final int LOADS = 5;
    private static final int PROJECTS = 1_000;

    /// An editor of Hà Nội.
    private static final String EDITOR = "Nguyễn Thu Hà";

    @Override
    public String name() {
        return "pages";
    }

    @Override
    public List<ResultLine> measure(BenchEnvironment environment) throws Exception {
        Optional<Path> executable = HeadlessChromium.executable();
        if (executable.isEmpty()) {
            environment.say("skipped: Chromium is not installed (Debian: apt-get install chromium)");
            return List.of();
        }
        var lines = new ArrayList<ResultLine>();
        try (var chromium = new HeadlessChromium(executable.get())) {
            lines.addAll(ofTheDemo(environment, chromium));
            lines.addAll(ofManyProjects(environment, chromium));
        }
        return lines;
    }

    private static List<ResultLine> ofTheDemo(BenchEnvironment environment, HeadlessChromium chromium)
            throws Exception {
        var demo = DemoSystem.on(environment);
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("overview", "/");
        pages.put("project list", "/projects");
        pages.put("project", "/projects/" + demo.state().project);
        pages.put("history", "/projects/" + demo.state().project + "/history");
        pages.put("call", "/calls/" + demo.state().jointCall);
        pages.put("city", "/cities/vn-hanoi");
        pages.put("funder", "/funders/xm-dac-41304");
        Map<String, String> work = new LinkedHashMap<>();
        work.put("work", "/work");
        work.put("own proposals", "/proposals");
        work.put("editor of a proposal", "/proposals/" + demo.state().draft);
        work.put("commitment", "/proposals/" + demo.state().draft + "/commitment?city=vn-hanoi");
        work.put("milestones", "/projects/" + demo.state().underway + "/milestones");
        work.put("agreement", "/agreements/" + demo.state().agreement);
        URI gateway = demo.system().gateway();
        var lines = new ArrayList<ResultLine>();
        for (var page : pages.entrySet())
            lines.addAll(load(environment, chromium, page.getKey(), gateway.resolve(page.getValue()), List.of()));
        List<Cookie> session = chromium.logIn(gateway, EDITOR);
        for (var page : work.entrySet())
            lines.addAll(load(environment, chromium, page.getKey(), gateway.resolve(page.getValue()), session));
        environment.say("a milestone is changed while somebody looks at the page of its project");
        try (RunningKoinon world = demo.world()) {
            Latencies seen = ChangesSeen.measure(chromium, world, demo.state().underway);
            lines.add(ResultLine.of("answer of a command -> second browser, p99", seen.slowestOfAHundred())
                    .below(1_000)
                    .noting("%d changes, p50 %s".formatted(seen.count(), seen.median())));
        }
        return lines;
    }

    /// Nobody reacts to what is seeded: the services that would are left out.
    private static List<ResultLine> ofManyProjects(BenchEnvironment environment, HeadlessChromium chromium)
            throws Exception {
        try (LaunchedSystem broker =
                environment.launch("pages", Map.of("KOINON_WITHOUT", "identity,cities,projects,funding,gateway"))) {
            Seed.run(environment, broker, 0, PROJECTS, false);
        }
        String number = "%,d projects".formatted(PROJECTS);
        try (LaunchedSystem system =
                environment.launchAgain("pages", Map.of("KOINON_WITHOUT", "cities,projects,funding"))) {
            URI gateway = system.gateway();
            var lines = new ArrayList<ResultLine>();
            lines.addAll(load(environment, chromium, "overview of " + number, gateway.resolve("/"), List.of()));
            lines.addAll(load(environment, chromium, "list of " + number, gateway.resolve("/projects"), List.of()));
            environment.say("filters are chosen on the list of " + number);
            var slowest = ListInteractions.slowest(chromium, gateway.resolve("/projects"), PROJECTS);
            lines.add(ResultLine.of("interaction to next paint, list of " + number, slowest.paint())
                    .atMost(100)
                    .noting("a filter is chosen and taken away by keyboard while all rows are shown; the slowest; "
                            + "processor time of the main thread until it is at rest: " + slowest.work()));
            return lines;
        }
    }

    private static List<ResultLine> load(
            BenchEnvironment environment, HeadlessChromium chromium, String page, URI address, List<Cookie> session) {
        environment.say(page + ", cold cache");
        chromium.load(address, session);
        var loads = new ArrayList<PageLoad>();
        for (int load = 0; load < LOADS; load++) loads.add(chromium.load(address, session));
        PageLoad median = PageLoad.median(loads);
        return List.of(
                ResultLine.of(page + ", over the wire", median.weight())
                        .atMost(200)
                        .noting(median.requests() + " requests"),
                ResultLine.of(page + ", time to content", median.timeToContent())
                        .below(1_000)
                        .noting("median of " + LOADS + " visitors with a cold cache"));
    }
}
