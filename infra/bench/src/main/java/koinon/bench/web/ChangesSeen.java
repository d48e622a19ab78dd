package koinon.bench.web;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import koinon.bench.load.Latencies;
import koinon.demo.client.Reply;
import koinon.demo.client.RunningKoinon;
import koinon.demo.steps.City;
import org.HdrHistogram.Histogram;

/// A milestone is returned and reported, over and over, while somebody without login looks at the page of the project.
final class ChangesSeen {

    private static final int WARM_UP = 20;
    private static final int CHANGES = 200;

    /// Notes each change of the newest line of the history.
    private static final String NEWEST = """
            window.newest = [];
            new MutationObserver(() => {
              const text = document.querySelector('.history li')?.textContent;
              if (text && text !== window.newest.at(-1)?.text)
                window.newest.push({text, at: performance.timeOrigin + performance.now()});
            }).observe(document, {childList: true, subtree: true, characterData: true});
            """;

    private ChangesSeen() {}

    /// How long after the answer of a command the page showed it; at once when it showed it before.
    static Latencies measure(HeadlessChromium chromium, RunningKoinon world, String project) throws IOException {
        var took = new Histogram(3);
        try (BrowserContext visitor = chromium.visitor()) {
            Page page = visitor.newPage();
            page.addInitScript(NEWEST);
            page.navigate(world.gateway().resolve("/projects/" + project).toString());
            page.waitForFunction("() => window.newest.length > 0");
            for (int n = -WARM_UP; n < CHANGES; n++) {
                Object before = page.evaluate("() => window.newest.length");
                change(world, project, n);
                long answered = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
                page.waitForFunction("before => window.newest.length > before", before);
                double seen = ((Number) page.evaluate("() => window.newest.at(-1).at")).doubleValue();
                if (n >= 0) took.recordValue(Math.max(0, (long) (seen * 1e6) - answered * 1_000));
            }
        }
        return Latencies.of(took);
    }

    private static void change(RunningKoinon world, String project, int n) throws IOException {
        String milestone = "/projects/" + project + "/milestones/m1/";
        Reply reply = n % 2 == 0
                ? world.person("ifcd-officer-2")
                        .post(milestone + "return", Map.of("reason", "Which makers took part? Question " + n))
                : world.person(City.KUALA_LUMPUR.editor())
                        .post(milestone + "report", Map.of("text", "The makers of all three cities, answer " + n));
        if (!reply.isFine()) throw new IOException("A milestone could not be changed: " + reply.said());
    }
}
