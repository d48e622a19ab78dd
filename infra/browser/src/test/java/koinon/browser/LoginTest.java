package koinon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A person logs in and out.
class LoginTest extends WithBrowser {

    private static final String PERSON = "Nurul Aisyah";

    @Test
    void one_click_logs_a_person_in_who_then_sees_more_than_the_public_at_the_same_address() {
        String path = "/projects/" + running.state().underway;
        Page page = open(browser(), path);
        Locator next = page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Who does what next"));
        assertThat(next).hasCount(0);

        logIn(page, PERSON);

        assertThat(page.url()).endsWith(path);
        assertThat(account(page)).containsText("Kuala Lumpur");
        assertThat(next).isVisible();
        isAccessible(page);
        assertThat(open(browser(), path).getByText("Who does what next")).hasCount(0);
    }

    @Test
    void who_logs_out_is_the_public_again() {
        String path = "/projects/" + running.state().underway;
        BrowserContext context = browser();
        Page page = open(context, path);
        logIn(page, PERSON);

        leave(page, "Log out");

        assertThat(logInLink(page)).isVisible();
        assertThat(open(context, path).getByText("Who does what next")).hasCount(0);
        assertThat(context.cookies()).noneMatch(it -> it.name.equals("__Host-koinon") && !it.value.isEmpty());
    }

    @Test
    void who_logs_in_in_one_tab_is_logged_in_in_all() {
        BrowserContext context = browser();
        Page other = open(context, "/projects");
        Page page = open(context, "/");

        logIn(page, PERSON);

        assertThat(account(other)).containsText(PERSON);
    }

    @Test
    void logging_out_everywhere_ends_the_session_of_another_browser_which_says_so_with_a_link() {
        Page there = open(browser(), "/projects");
        logIn(there, PERSON);
        Page here = open(browser(), "/");
        logIn(here, PERSON);

        leave(here, "Log out everywhere");

        assertThat(logInLink(here)).isVisible();
        Locator ended = there.getByRole(AriaRole.ALERT);
        assertThat(ended).containsText("Your session has ended.");
        isAccessible(there);
        assertThat(ended.getByRole(AriaRole.LINK)).hasAttribute("href", Pattern.compile("/login\\?then=%2Fprojects"));
        assertThat(account(there)).hasCount(0);
    }

    @Test
    void the_list_of_persons_is_accessible() {
        Page page = page(browser());
        page.navigate(running.address() + "/login");

        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(PERSON)))
                .isVisible();
        isAccessible(page);
    }

    private static Locator logInLink(Page page) {
        return page.locator("header").getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Log in"));
    }

    private static void leave(Page page, String how) {
        account(page).click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(how).setExact(true))
                .click();
    }
}
