package koinon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The pages without a mouse.
class KeyboardTest extends WithBrowser {

    private static final String FOCUSED = """
            () => {
              const it = document.activeElement;
              if (!it || it === document.body) return "";
              const box = it.getBoundingClientRect();
              const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              const bar = document.querySelector("header.bar").getBoundingClientRect().bottom;
              const style = getComputedStyle(it);
              const seen = box.bottom > 0 && box.top < innerHeight && (box.bottom > bar || it.closest("header, .skip"));
              return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && seen && at
                ? "visible" : it.outerHTML.slice(0, 200);
            }""";

    @Test
    void a_project_is_found_and_read_with_the_keys_alone() {
        Page page = open(browser(), "/");

        page.keyboard().press("/");
        assertThat(page).hasURL(Pattern.compile("/projects$"));
        assertThat(search(page)).isFocused();
        page.keyboard().type("night");
        assertThat(page.locator("tbody tr")).hasCount(1);
        tabTo(page, "a", "Night markets of the old quarters");
        page.keyboard().press("Enter");

        assertThat(page.locator("h1")).hasText("Night markets of the old quarters");
        assertThat(page.locator("main")).isFocused();
        tabTo(page, "a", "All of the history");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile("/history$"));
    }

    /// Start a proposal, see what is missing, go to its field, mend it, invite a city, answer for it: no mouse.
    @Test
    void a_city_starts_a_proposal_mends_it_and_invites_another_with_the_keys_alone() {
        String title = "Without a mouse " + UUID.randomUUID();
        Page page = open(browser(), "/calls/" + running.state().ifcdCall, ProposalPages.EDITOR);
        tabToField(page, "Title");
        page.keyboard().type(title);
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText(title);
        assertThat(page.locator(".findings")).containsText("There is no summary.");

        tabTo(page, "a", "Go to the field");
        page.keyboard().press("Enter");
        assertThat(page.locator("#about-summary")).isFocused();
        page.keyboard().type("Written without a mouse.");
        page.keyboard().press("Control+s");
        assertThat(page.getByText("Saved at")).isVisible();

        tabTo(page, "a", "Partner cities");
        page.keyboard().press("Enter");
        tabToField(page, "City");
        page.keyboard().type("Bandung");
        tabTo(page, "button", "Invite");
        page.keyboard().press("Enter");
        assertThat(page.locator("#city-id-bandung")).containsText("It has not answered the invitation yet.");

        Page partner = open(browser(), "/work", ProposalPages.GUEST_SIGNATORY);
        partner.locator("main").focus();
        for (int tasks = partner.locator(".task").count(); tasks > 0; tasks--) {
            partner.keyboard().press("j");
            if (partner.evaluate("title => document.activeElement.closest('.task').textContent.includes(title)", title)
                    .equals(true)) break;
        }
        partner.keyboard().press("Enter");
        assertThat(partner.locator("h1")).containsText("Bandung");
        tabTo(partner, "button", "Take part");
        partner.keyboard().press("Enter");
        assertThat(partner.locator("#done")).isFocused();
        assertThat(page.locator("#city-id-bandung")).containsText("Takes part");
    }

    @Test
    void the_first_stop_skips_the_header() {
        Page page = open(browser(), "/");

        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        assertThat(page.evaluate(FOCUSED)).isEqualTo("visible");
        page.keyboard().press("Enter");
        page.keyboard().press("Tab");

        assertThat(page.evaluate("() => document.querySelector('main').contains(document.activeElement)"))
                .isEqualTo(true);
    }

    @Test
    void the_menu_of_a_small_screen_opens_leads_on_and_closes() {
        Page page = open(browser(360, "en", ColorScheme.LIGHT), "/");
        var menu = page.locator("#menu");
        assertThat(menu).isHidden();

        tabTo(page, "button", "Menu");
        page.keyboard().press("Enter");
        assertThat(menu).isVisible();
        isAccessible(page);
        page.keyboard().press("Escape");
        assertThat(menu).isHidden();
        page.keyboard().press("Enter");
        tabTo(page, "a", "Calls");
        page.keyboard().press("Enter");

        assertThat(page).hasURL(Pattern.compile("/calls$"));
        assertThat(menu).isHidden();
        assertThat(page.locator("main")).isFocused();
    }

    @Test
    void single_keys_lead_to_pages_and_are_listed_and_can_be_turned_off() {
        Page page = open(browser(), "/");

        page.keyboard().type("gp");
        assertThat(page).hasURL(Pattern.compile("/projects$"));
        page.keyboard().press("?");
        var dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).isVisible();
        isAccessible(page);
        page.keyboard().press("Escape");
        assertThat(dialog).isHidden();

        page.keyboard().press("?");
        page.getByRole(AriaRole.CHECKBOX).uncheck();
        page.keyboard().press("Escape");
        page.keyboard().type("gc");
        page.keyboard().press("?");
        assertThat(page).hasURL(Pattern.compile("/projects$"));
        assertThat(dialog).isHidden();
    }

    @Test
    void a_filter_is_chosen_and_taken_away_and_the_focus_stays_on_the_page() {
        Page page = open(browser(), "/projects");

        page.getByRole(
                        AriaRole.COMBOBOX,
                        new Page.GetByRoleOptions().setName("Phase").setExact(true))
                .focus();
        page.keyboard().press("ArrowDown");
        assertThat(page).hasURL(Pattern.compile("phase=ACTIVE"));
        assertThat(page.getByRole(
                        AriaRole.COMBOBOX,
                        new Page.GetByRoleOptions().setName("Phase").setExact(true)))
                .isFocused();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Remove the filter Active"))
                .focus();
        page.keyboard().press("Enter");

        assertThat(page).hasURL(Pattern.compile("/projects$"));
        assertThat(page.evaluate("() => document.activeElement !== document.body"))
                .isEqualTo(true);
    }

    @Test
    void the_focus_is_seen_wherever_it_is() {
        for (String path : new String[] {"/", "/projects", "/projects/" + running.state().project}) {
            Page page = open(browser(), path);
            for (int stops = 0; stops < 40; stops++) {
                page.keyboard().press("Tab");
                Object seen = page.evaluate(FOCUSED);
                if ("".equals(seen)) break;
                assertThat(seen).isEqualTo("visible");
            }
        }
    }

    /// Presses Tab until the field with this label has the focus.
    private static void tabToField(Page page, String label) {
        for (int stops = 0; stops < 80; stops++) {
            page.keyboard().press("Tab");
            if (page.evaluate("label => document.activeElement.labels?.[0]?.textContent.trim() === label", label)
                    .equals(true)) return;
        }
        throw new AssertionError("No field is called " + label);
    }

    private static com.microsoft.playwright.Locator search(Page page) {
        return page.getByRole(AriaRole.SEARCHBOX);
    }

    /// Presses Tab until an element whose name begins so has the focus.
    private static void tabTo(Page page, String tag, String name) {
        for (int stops = 0; stops < 80; stops++) {
            page.keyboard().press("Tab");
            if (page.evaluate("""
                    ([tag, name]) => document.activeElement.localName === tag
                      && (document.activeElement.ariaLabel ?? document.activeElement.textContent).trim().startsWith(name)""", new String[] {tag, name}).equals(true)) return;
        }
        throw new AssertionError("No stop is called " + name);
    }
}
