package koinon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.time.LocalDate;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Where cities meet, and how a meeting becomes a project, on pages alone.
class GatheringsTest extends WithBrowser {

    private static final String HOST = "Nguyễn Thu Hà";
    private static final String GUEST = "Siriporn Chaiyasit";

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator field(Page page, String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true))
                .filter(new Locator.FilterOptions().setVisible(true));
    }

    /// The host announces a workshop whose title is unique.
    private Page announced(String title) {
        Page page = open(browser(), "/gatherings");
        logIn(page, HOST);
        page.getByText("Announce a gathering").first().click();
        field(page, "Kind").selectOption("workshop");
        field(page, "Title").fill(title);
        field(page, "Language of the title").selectOption("en");
        field(page, "Host city").selectOption("vn-hanoi");
        ProposalPages.day(page, "First day", LocalDate.of(2037, 3, 10));
        ProposalPages.day(page, "Last day", LocalDate.of(2037, 3, 11));
        field(page, "Time zone").fill("Asia/Ho_Chi_Minh");
        button(page, "Announce a gathering").click();
        assertThat(page.locator("h1")).hasText(title);
        return page;
    }

    @Test
    void a_gathering_shows_everybody_its_idea_the_project_that_came_of_it_and_the_money() {
        Page page = open(browser(), "/gatherings/" + running.state().forum);

        assertThat(page.getByText("Taken up")).isVisible();
        assertThat(page.locator("main")).containsText("USD 92,150");
        page.locator(".plain a[href='/projects/" + running.state().project + "']")
                .click();
        assertThat(page.getByText("Came from the idea “Craft routes”")).isVisible();
        page.getByText("Came from the idea “Craft routes”").click();
        assertThat(page).hasURL(Pattern.compile("/gatherings/" + running.state().forum));
    }

    @Test
    void what_is_wrong_with_an_announcement_stands_at_its_field_and_what_was_typed_stays() {
        expect("status of 400");
        Page page = open(browser(), "/gatherings");
        logIn(page, HOST);
        page.getByText("Announce a gathering").first().click();
        field(page, "Title").fill("<script>alert(1)</script> 🎏 مرحبا");
        ProposalPages.day(page, "First day", LocalDate.of(2037, 3, 10));
        button(page, "Announce a gathering").click();

        assertThat(page.locator("[aria-invalid=true]")).hasCount(3);
        assertThat(field(page, "Kind")).isFocused();
        assertThat(field(page, "Title")).hasValue("<script>alert(1)</script> 🎏 مرحبا");
        isAccessible(page);
    }

    @Test
    void a_delegation_is_registered_and_one_of_nobody_is_refused() {
        expect("status of 400");
        Page page = announced("Delegations " + UUID.randomUUID());
        page.getByText("Delegation of Hanoi").click();
        button(page, "Register").click();
        assertThat(page.getByText("A delegation has at least one person")).isVisible();

        field(page, "Communities").fill("4");
        button(page, "Register").click();

        assertThat(page.getByText("1 delegation", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        isAccessible(page);
    }

    @Test
    void an_idea_is_raised_finds_interest_and_is_taken_up_in_a_proposal_that_leads_back_to_it() {
        String title = "Paper " + UUID.randomUUID();
        Page host = announced(title);
        host.getByText("Raise an idea").first().click();
        field(host, "Title of the idea").fill("Shared mills");
        field(host, "What your city would do, and what for").fill("Mills train each other.");
        field(host, "City that raises it").selectOption("vn-hanoi");
        button(host, "Raise an idea").click();
        assertThat(host.locator("li[id^=idea-]")).containsText("Shared mills");

        Page guest = open(browser(), URI.create(host.url()).getPath());
        assertThat(guest.getByText("Shared mills")).hasCount(0);
        logIn(guest, GUEST);
        button(guest, "Bangkok is interested").click();
        assertThat(guest.getByText("1 other city is interested")).isVisible();

        host.getByText("Take it up in a proposal").click();
        field(host, "Call").selectOption(running.state().ifcdCall);
        field(host, "Lead city").selectOption("vn-hanoi");
        button(host, "Start the proposal").click();
        assertThat(host.getByText("Came from the idea “Shared mills”, raised in “" + title + "”"))
                .isVisible();
        isAccessible(host);
    }

    @Test
    void who_organises_it_adds_a_session_within_its_days_and_changes_its_venue() {
        expect("status of 400");
        Page page = announced("Sessions " + UUID.randomUUID());
        page.getByText("Add a session").click();
        field(page, "Title").fill("Opening");
        field(page, "Begins (optional)").fill("2037-04-10T10:00");
        button(page, "Save").click();
        assertThat(page.getByText("This lies outside the gathering")).isVisible();
        field(page, "Begins (optional)").fill("2037-03-10T10:00");
        button(page, "Save").click();
        assertThat(page.getByText("10 Mar 2037, 10:00")).isVisible();
        page.getByText("Add a session").click();

        page.getByText("Change theme, venue or days").click();
        field(page, "Venue (optional)").fill("Old station");
        field(page, "Reason").fill("The hall is being repaired.");
        button(page, "Save").click();

        assertThat(page.locator("dd", new Page.LocatorOptions().setHasText("Old station")))
                .isVisible();
    }

    @Test
    void forms_fit_a_phone_and_nobody_else_sees_them() {
        BrowserContext phone = browser(360, "vi", ColorScheme.DARK);
        Page page = open(phone, "/gatherings");
        assertThat(page.locator("koinon-form")).hasCount(0);
        page = announced("Phone " + UUID.randomUUID());
        page.setViewportSize(320, 900);
        page.getByText("Raise an idea").first().click();
        doesNotScrollSideways(page);
        assertThat(open(phone, URI.create(page.url()).getPath()).locator("koinon-form"))
                .hasCount(0);
    }
}
