package koinon.bench.web;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import koinon.bench.row.Figure;

/// Chooses filters on the list of projects by keyboard, while the list shows every project.
final class ListInteractions {

    private static final int ROUNDS = 5;
    private static final int PAUSE = 500;

    /// The shortest that the browser reports.
    private static final double SHORTEST = 16;

    private static final String INTERACTIONS = """
            window.interactions = [];
            new PerformanceObserver(list => list.getEntries()
              .forEach(it => it.interactionId && window.interactions.push(it.duration)))
              .observe({type: 'event', durationThreshold: 16});
            """;

    private static final String[] KEYS = {"ArrowDown", "ArrowUp"};

    private ListInteractions() {}

    /// @param paint the slowest interaction to next paint, as the browser reports it (Event Timing)
    /// @param work processor time of the page's main thread for an interaction and what it leads to
    record Slowest(Figure paint, Figure work) {}

    /// @param rows of the whole list
    static Slowest slowest(HeadlessChromium chromium, URI list, int rows) {
        double paint = SHORTEST;
        double work = 0;
        for (int round = 0; round < ROUNDS; round++)
            try (BrowserContext visitor = chromium.visitor()) {
                Page page = visitor.newPage();
                page.addInitScript(INTERACTIONS);
                page.navigate(list.toString());
                showAll(page, rows);
                page.evaluate("() => { window.interactions = []; }");
                page.locator("form[role=search] select").first().focus();
                CDPSession performance = visitor.newCDPSession(page);
                var inProcessorTime = new JsonObject();
                inProcessorTime.addProperty("timeDomain", "threadTicks");
                performance.send("Performance.enable", inProcessorTime);
                for (String key : KEYS) {
                    double before = work(performance);
                    page.keyboard().press(key);
                    page.waitForTimeout(PAUSE);
                    work = Math.max(work, work(performance) - before);
                }
                paint = Math.max(
                        paint, ((Number) page.evaluate("() => Math.max(0, ...window.interactions)")).doubleValue());
            }
        return new Slowest(Figure.milliseconds(paint), Figure.milliseconds(work));
    }

    /// All that the page's main thread has done, in milliseconds.
    private static double work(CDPSession performance) {
        for (JsonElement it : performance.send("Performance.getMetrics").getAsJsonArray("metrics"))
            if (it.getAsJsonObject().get("name").getAsString().equals("TaskDuration"))
                return it.getAsJsonObject().get("value").getAsDouble() * 1_000;
        throw new IllegalStateException("The browser does not say what its main thread does");
    }

    private static void showAll(Page page, int rows) {
        Locator all = page.locator("tbody tr");
        all.first().waitFor();
        for (int shown = all.count(); shown < rows; shown = all.count()) {
            page.locator("section.card p.no-print button").last().click();
            page.waitForFunction("shown => document.querySelectorAll('tbody tr').length > shown", shown);
        }
    }
}
