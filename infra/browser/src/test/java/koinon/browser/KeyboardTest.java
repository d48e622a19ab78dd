package koinon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
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

    private static com.microsoft.playwright.Locator search(Page page) {
        return page.getByRole(AriaRole.SEARCHBOX);
    }

    /// Presses Tab until an element with this name has the focus.
    private static void tabTo(Page page, String tag, String name) {
        for (int stops = 0; stops < 80; stops++) {
            page.keyboard().press("Tab");
            if (page.evaluate("""
                    ([tag, name]) => document.activeElement.localName === tag
                      && (document.activeElement.ariaLabel ?? document.activeElement.textContent).trim() === name""", new String[] {tag, name}).equals(true)) return;
        }
        throw new AssertionError("No stop is called " + name);
    }
}
