package koinon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The address is the state of a page, and what a person has chosen stays.
class AddressTest extends WithBrowser {

    @Test
    void the_filters_are_in_the_address_which_shows_the_same_list_again() {
        Page page = open(browser(), "/projects");
        page.getByRole(
                        AriaRole.COMBOBOX,
                        new Page.GetByRoleOptions().setName("Call").setExact(true))
                .selectOption(running.state().jointCall);
        assertThat(page).hasURL(Pattern.compile("call=" + running.state().jointCall));
        page.getByRole(AriaRole.SEARCHBOX).fill("lanterns");
        assertThat(page).hasURL(Pattern.compile("q=lanterns"));
        assertThat(titles(page)).hasCount(1);
        List<String> before = titles(page).allTextContents();

        page.reload();
        assertThat(titles(page)).hasCount(1);
        assertThat(titles(page).allTextContents()).isEqualTo(before);
        assertThat(page.getByRole(AriaRole.SEARCHBOX)).hasValue("lanterns");

        titles(page).first().click();
        assertThat(page.locator("h1")).hasText(before.getFirst());
        page.goBack();
        assertThat(titles(page)).hasCount(1);
        assertThat(titles(page).allTextContents()).isEqualTo(before);
    }

    @Test
    void going_back_returns_to_the_place_that_was_read() {
        BrowserContext context = browser();
        Page page = open(context, "/");
        page.setViewportSize(1280, 500);
        Locator link = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Night markets"))
                .first();
        link.scrollIntoViewIfNeeded();
        int before = (int) page.evaluate("() => Math.round(scrollY)");
        assertThat(before).isPositive();
        link.click();
        page.waitForURL("**/projects/*");
        ready(page);

        page.goBack();
        page.waitForURL(running.address() + "/");

        page.waitForFunction("before => Math.abs(scrollY - before) < 200", before);
    }

    @Test
    void the_table_that_is_downloaded_is_the_list_that_is_shown() throws IOException {
        Page page = open(browser(), "/projects?sort=title&call=" + running.state().ifcdCall);
        List<String> shown = titles(page).allTextContents();

        Download file = page.waitForDownload(
                () -> page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Download CSV"))
                        .click());

        List<String> rows = Files.readAllLines(file.path());
        assertThat(rows).hasSize(shown.size() + 1);
        for (int i = 0; i < shown.size(); i++) assertThat(rows.get(i + 1)).contains(shown.get(i));
    }

    @Test
    void the_chosen_language_and_colours_stay() {
        BrowserContext context = browser();
        Page page = open(context, "/projects");
        page.getByLabel("Language").selectOption("vi");
        assertThat(page.locator("h1")).hasText("Dự án");
        assertThat(page.locator("html")).hasAttribute("lang", "vi");
        page.locator("header button.quiet[title]").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");

        page.reload();

        assertThat(page.locator("h1")).hasText("Dự án");
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        assertThat(open(context, "/").locator("html")).hasAttribute("data-theme", "dark");
    }

    @Test
    void a_project_is_shown_as_it_was_at_the_moment_in_the_address() {
        String project = running.project("A slow film");
        String before = Instant.now().toString();
        running.report(project);

        Page page = open(browser(), "/projects/" + project + "?asOf=" + before);
        assertThat(page.locator("main header")).containsText("As it was on");
        assertThat(page.locator(".history")).not().containsText("reported");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Show it as it is now"))
                .click();
        assertThat(page.locator(".history")).containsText("reported");
    }

    @Test
    void the_slider_leads_to_another_day_and_back() {
        expect("status of 404");
        Page page = open(browser(), "/projects/" + running.state().project);
        Locator day = page.getByRole(AriaRole.SLIDER);

        day.focus();
        page.keyboard().press("ArrowLeft");

        assertThat(page).hasURL(Pattern.compile("asOf=\\d{4}-\\d\\d-\\d\\dT"));
        assertThat(page.locator("main")).containsText("There is nothing here that you may see.");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Show it as it is now"))
                .click();
        assertThat(page.locator("h1")).not().hasText("Project");
    }

    private static Locator titles(Page page) {
        return page.locator("tbody th a");
    }
}
