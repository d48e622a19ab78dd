package koinon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a page shows while something is slow, empty or away.
class StatesTest extends WithBrowser {

    private static final String AWAY = "This part cannot be asked at the moment.";

    @Test
    void a_slow_part_says_so_and_the_rest_is_there() {
        Page page = page(browser());
        List<Route> held = new ArrayList<>();
        page.route("**/api/v1/status/summary", held::add);
        page.navigate(running.address() + "/");

        assertThat(card(page, "Money")).containsText("This takes longer than usual.");
        assertThat(card(page, "Projects that need attention first").locator("tbody tr"))
                .not()
                .hasCount(0);
        isAccessible(page);
        held.forEach(Route::resume);

        assertThat(card(page, "Money")).containsText("committed");
        assertThat(page.getByText("This takes longer than usual.")).hasCount(0);
    }

    @Test
    void a_part_that_failed_says_why_and_is_read_again_by_a_button() {
        expect("status of 500");
        Page page = page(browser());
        page.route("**/api/v1/status/cooperation**", it -> it.fulfill(new Route.FulfillOptions().setStatus(500)));
        page.navigate(running.address() + "/");

        Locator map = card(page, "Who works with whom");
        assertThat(map).containsText("This did not work (status 500).");
        isAccessible(page);
        page.unroute("**/api/v1/status/cooperation**");
        map.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Try again"))
                .click();

        assertThat(map.locator("svg .city").first()).isVisible();
    }

    @Test
    void figures_that_cannot_be_read_again_stay_and_say_their_age() {
        expect("status of 503");
        String project = running.project("Old maps, new maps");
        Page page = open(browser(), "/projects/" + project);
        page.route(
                "**/api/v1/status/projects/" + project,
                it -> it.fulfill(new Route.FulfillOptions().setStatus(503).setHeaders(Map.of("Retry-After", "2"))));

        running.secretariat().post("/projects/" + project + "/suspension", Map.of("reason", "A storm."));

        assertThat(page.getByText("These are the figures of")).isVisible();
        assertThat(page.locator("h1")).hasText("Old maps, new maps");
        isAccessible(page);
        page.unroute("**/api/v1/status/projects/" + project);
        assertThat(page.locator("main header")).containsText("Suspended");
        assertThat(page.getByText("These are the figures of")).hasCount(0);
    }

    @Test
    @Tag("restarts")
    void a_service_that_was_killed_takes_its_card_along_and_nothing_else_until_it_is_back() throws Exception {
        expect("status of 50\\d");
        running.system().kill("projects");
        running.system().kill("projects-2");
        Page page;
        try {
            page = page(browser());
            page.navigate(running.address() + "/");
            assertThat(card(page, "Open calls")).containsText(AWAY);
            assertThat(page.locator("koinon-map svg .city").first()).isVisible();
            assertThat(card(page, "Money")).containsText("committed");
            assertThat(page.locator(".live")).hasText("Live");
            isAccessible(page);
        } finally {
            running.system().restart("projects");
            running.system().restart("projects-2");
        }
        assertThat(card(page, "Open calls").locator("li")).not().hasCount(0);
    }

    @Test
    void a_list_without_a_match_says_so_and_leads_back_to_all() {
        Page page = open(browser(), "/projects?q=nothing-has-this-title");

        assertThat(page.locator("main")).containsText("No project matches.");
        page.locator("section")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Clear all filters"))
                .click();

        assertThat(page.locator("tbody tr")).not().hasCount(0);
    }

    private static Locator card(Page page, String heading) {
        return page.locator(
                "section.card",
                new Page.LocatorOptions()
                        .setHas(page.getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName(heading).setExact(true))));
    }
}
