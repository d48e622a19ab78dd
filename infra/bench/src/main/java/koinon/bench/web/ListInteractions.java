package koinon.bench.web;

import com.microsoft.playwright.BrowserContext;
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

    private ListInteractions() {}

    /// The slowest interaction to next paint, as the browser reports it (Event Timing).
    ///
    /// @param rows of the whole list
    static Figure slowest(HeadlessChromium chromium, URI list, int rows) {
        double slowest = SHORTEST;
        for (int round = 0; round < ROUNDS; round++)
            try (BrowserContext visitor = chromium.visitor()) {
                Page page = visitor.newPage();
                page.addInitScript(INTERACTIONS);
                page.navigate(list.toString());
                showAll(page, rows);
                page.evaluate("() => { window.interactions = []; }");
                page.locator("select.field").first().focus();
                for (String key : new String[] {"ArrowDown", "ArrowUp"}) {
                    page.keyboard().press(key);
                    page.waitForTimeout(PAUSE);
                }
                slowest = Math.max(
                        slowest, ((Number) page.evaluate("() => Math.max(0, ...window.interactions)")).doubleValue());
            }
        return Figure.milliseconds(slowest);
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
