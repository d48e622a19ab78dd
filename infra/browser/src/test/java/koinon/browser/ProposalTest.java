package koinon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static koinon.browser.ProposalPages.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A proposal from its first line to its receipt, on pages alone, and what can go wrong while somebody writes.
class ProposalTest extends WithBrowser {

    private final LocalDate start =
            LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh")).plusMonths(3).withDayOfMonth(1);
    private static final String HOSTILE = "<script>alert(1)</script> 🎏 مرحبا بالعالم ";

    /// A draft of Hà Nội with a title of its own, in the editor.
    private Page drafted(String title) {
        Page page = open(browser(), "/calls/" + running.state().ifcdCall);
        logIn(page, EDITOR);
        page.getByLabel("Title", new Page.GetByLabelOptions().setExact(true)).fill(title);
        button(page, "Start a proposal").click();
        assertThat(page.locator("h1")).hasText(title);
        assertThat(page).hasURL(Pattern.compile("/proposals/[^/]+$"));
        page.waitForSelector("#about-summary");
        return page;
    }

    private static String path(Page page) {
        return URI.create(page.url()).getPath();
    }

    @Test
    void cities_write_a_proposal_and_submit_it_with_a_receipt() {
        Page editor = drafted("Water stories " + UUID.randomUUID());
        String path = path(editor);

        // Why not yet, and the way to the field.
        Locator missing = editor.locator(".findings");
        assertThat(missing).containsText("There is no summary.");
        missing.locator("li")
                .filter(new Locator.FilterOptions().setHasText("There is no summary."))
                .getByRole(AriaRole.LINK)
                .click();
        assertThat(editor.locator("#about-summary")).isFocused();
        editor.keyboard().type("Two cities tell the stories of their rivers.");
        assertThat(missing).not().containsText("There is no summary.");
        day(editor, "First day", start);
        day(editor, "Last day", start.plusMonths(14).minusDays(1));
        assertThat(missing).not().containsText("A date is missing.");
        save(editor);

        step(editor, "Partner cities");
        editor.getByLabel("City", new Page.GetByLabelOptions().setExact(true)).selectOption("id-bandung");
        button(editor, "Invite").click();
        assertThat(editor.locator("#city-id-bandung")).containsText("It has not answered the invitation yet.");
        isAccessible(editor);

        // The partner answers on a phone, on one screen.
        Page phone = open(browser(360, "en", ColorScheme.LIGHT), "/work", GUEST_SIGNATORY);
        phone.locator(".task")
                .filter(new Locator.FilterOptions().setHasText("Water stories"))
                .first()
                .getByRole(AriaRole.LINK)
                .first()
                .click();
        assertThat(button(phone, "Take part")).isInViewport();
        button(phone, "Take part").click();
        assertThat(phone.locator("#done")).isFocused();
        doesNotScrollSideways(phone);
        isAccessible(phone);

        Page guest = open(browser(), path + "?step=part", GUEST_EDITOR);
        part(guest, "10,000", "2,500.50", "Bandung collects stories.");
        assertThat(guest.getByText("understood as USD 2,500.50")).isVisible();
        isAccessible(guest);

        step(editor, "Hanoi’s part");
        part(editor, "12000", "3000", "Hà Nội collects stories.");
        step(editor, "Work plan");
        button(editor, "Add a milestone").click();
        editor.locator("#plan-title-0").fill("The stories are collected");
        day(editor, "Due", start.plusMonths(6));
        editor.locator("#plan-tranche-0").selectOption("interim");
        assertThat(editor.getByText("1 of 1 parts =")).isVisible();
        save(editor);
        isAccessible(editor);

        button(phone, "Commit to this part").click();
        assertThat(phone.locator("#done")).containsText("is committed to this part");

        // A change takes the commitment back, and says so before.
        guest.reload();
        ready(guest);
        assertThat(guest.locator("#committed")).containsText("must commit again");
        guest.locator("#part-tasks").fill("Bandung collects stories and prints them.");
        isAccessible(guest);
        button(guest, "Save and take the commitment back").click();
        guest.getByText("Saved at").waitFor();
        assertThat(phone.getByText("This has changed since the commitment")).isVisible();
        assertThat(phone.locator("main")).containsText("and prints them");
        isAccessible(phone);
        button(phone, "Commit to this part").click();
        assertThat(phone.locator("#done")).containsText("is committed to this part");

        Page signatory = open(browser(), path + "/commitment?city=vn-hanoi", SIGNATORY);
        button(signatory, "Commit to this part").click();
        assertThat(signatory.locator("#done")).isVisible();
        signatory.navigate(running.address() + path + "/check");
        ready(signatory);
        assertThat(signatory.locator("main header")).containsText("Not submitted");
        isAccessible(signatory);
        button(signatory, "Submit").click();
        assertThat(signatory.locator("#receipt")).isFocused();
        assertThat(signatory.locator("#receipt")).containsText("proposal/");
        assertThat(signatory.locator("main header")).containsText("Submitted");
        isAccessible(signatory);
    }

    @Test
    void a_city_commits_to_what_it_has_read() {
        expect("status of 412|ERR_FAILED");
        Page editor = drafted("Read " + UUID.randomUUID());
        step(editor, "Hanoi’s part");
        part(editor, "12000", "3000", "Hà Nội collects stories.");
        Page signatory = open(browser(), path(editor) + "/commitment?city=vn-hanoi", SIGNATORY);
        assertThat(signatory.locator("main")).containsText("USD 12,000");
        // The signatory hears of nothing, as with a lost connection.
        signatory.route("**/api/v1/proposals/*", Route::abort);
        editor.locator("#part-grant").fill("19000");
        save(editor);
        signatory.unroute("**/api/v1/proposals/*");
        button(signatory, "Commit to this part").click();

        assertThat(signatory.getByRole(AriaRole.ALERT).first()).containsText("changed");
        assertThat(signatory.locator("main")).containsText("USD 19,000");
        assertThat(signatory.locator("#done")).isHidden();
        button(signatory, "Commit to this part").click();
        assertThat(signatory.locator("#done")).isFocused();
    }

    @Test
    void control_s_saves_what_is_written_and_does_nothing_else() {
        Page page = drafted("Control S " + UUID.randomUUID());
        step(page, "Partner cities");
        page.getByLabel("City", new Page.GetByLabelOptions().setExact(true)).selectOption("id-bandung");
        button(page, "Invite").click();
        assertThat(page.locator("#city-id-bandung")).isVisible();
        page.keyboard().press("Control+s");
        step(page, "Work plan");
        page.locator("#plan-add").waitFor();

        step(page, "Partner cities");
        assertThat(page.locator("#city-id-bandung")).not().containsText("Reminded");
    }

    @Test
    void a_double_click_removes_one_milestone_and_the_focus_stays() {
        Page page = drafted("Twice " + UUID.randomUUID());
        step(page, "Work plan");
        for (int i = 0; i < 3; i++) {
            button(page, "Add a milestone").click();
            page.locator("#plan-title-" + i).fill("Milestone " + i);
        }
        button(page, "Remove this milestone").first().dblclick();

        assertThat(page.locator("#plan-title-0")).hasValue("Milestone 1");
        assertThat(page.locator("#plan-title-1")).hasValue("Milestone 2");
        button(page, "Remove this milestone").first().click();
        assertThat(page.locator("#plan-title-0")).hasValue("Milestone 2");
        assertThat(page.locator("#plan-milestones")).isFocused();
    }

    @Test
    void an_amount_that_was_not_saved_is_the_same_in_another_language() {
        Page page = drafted("Thousand " + UUID.randomUUID());
        step(page, "Hanoi’s part");
        page.locator("#part-grant").fill("12,000");
        page.waitForFunction("() => Object.keys(localStorage).some(it => it.startsWith('koinon-copy'))");
        page.locator("#language").selectOption("vi");

        assertThat(page.locator("#part-grant")).hasValue("12000");
        assertThat(page.getByText("12.000 USD").first()).isVisible();
    }

    @Test
    void the_city_that_was_chosen_stays_chosen_when_the_choices_change() {
        Page page = open(browser(), "/calls/" + running.state().jointCall);
        page.locator("#try-lead").selectOption("vn-hanoi");
        page.locator("#try-partner").selectOption("id-bandung");

        assertThat(page.locator("#try-partner")).hasValue("");
        assertThat(page.locator("#try-lead")).hasValue("vn-hanoi");
    }

    @Test
    void the_lead_reminds_a_city_once() {
        expect("status of 409");
        Page page = drafted("Reminders " + UUID.randomUUID());
        step(page, "Partner cities");
        page.getByLabel("City", new Page.GetByLabelOptions().setExact(true)).selectOption("id-bandung");
        button(page, "Invite").click();
        Locator city = page.locator("#city-id-bandung");
        button(page, "Remind").click();
        assertThat(city).containsText("Reminded on");

        button(page, "Remind").click();
        assertThat(city.getByRole(AriaRole.ALERT)).isVisible();
        Page other = open(browser(), "/work", GUEST_SIGNATORY);
        assertThat(other.locator(".task")
                        .filter(new Locator.FilterOptions()
                                .setHasText(page.locator("h1").textContent())))
                .containsText("reminded on");
    }

    @Test
    void two_who_write_the_same_field_see_both_versions_and_lose_none() {
        expect("status of 412|ERR_FAILED");
        Page one = drafted("Two hands " + UUID.randomUUID());
        Page two = open(browser(), path(one), EDITOR);
        two.waitForSelector("#about-summary");
        // The second one hears of nothing, as with a lost connection.
        two.route("**/api/v1/proposals/*", Route::abort);
        two.locator("#about-summary").fill("What the second one writes.");
        one.locator("#about-summary").fill("What the first one writes.");
        save(one);
        two.unroute("**/api/v1/proposals/*");
        button(two, "Save").click();

        assertThat(two.locator(".theirs")).containsText("What the first one writes.");
        assertThat(two.locator("#about-summary")).hasValue("What the second one writes.");
        isAccessible(two);
        button(two, "Save").click();
        two.getByText("Saved at").waitFor();
        assertThat(one.locator("#about-summary")).hasValue("What the second one writes.");
    }

    @Test
    void what_was_typed_survives_a_session_that_has_ended() {
        expect("status of 401");
        Page page = drafted("Ended " + UUID.randomUUID());
        String typed = HOSTILE + "typed before the session ended";
        page.locator("#about-summary").fill(typed);
        page.evaluate("() => fetch('/api/v1/me').then(it => it.json()).then(me => fetch('/logout',"
                + " {method: 'POST', headers: {'X-CSRF-TOKEN': me.csrf}}))");
        button(page, "Save").click();
        assertThat(page.locator("#refused")).containsText("Your session has ended.");
        assertThat(page.locator("#about-summary")).hasValue(typed);
        isAccessible(page);

        // The provider still knows the person.
        page.locator("#refused a").click();

        assertThat(page.locator("#about-summary")).hasValue(typed);
        assertThat(page.getByText("was not saved")).isVisible();
        save(page);
    }

    @Test
    void what_was_typed_survives_a_reload_and_can_be_thrown_away() {
        Page page = drafted("Reloaded " + UUID.randomUUID());
        page.locator("#about-summary").fill("A text that nobody saved.");
        page.waitForFunction("() => Object.keys(localStorage).some(it => it.startsWith('koinon-copy'))");

        page.reload();

        assertThat(page.locator("#about-summary")).hasValue("A text that nobody saved.");
        button(page, "Throw it away").click();
        assertThat(page.locator("#about-summary")).hasValue("");
        page.reload();
        ready(page);
        assertThat(page.locator("#about-summary")).hasValue("");
    }

    @Test
    @Tag("restarts")
    void what_was_typed_survives_services_that_are_killed_under_the_form() throws Exception {
        expect("status of 50\\d");
        Page page = drafted("Killed " + UUID.randomUUID());
        page.locator("#about-summary").fill("Typed while nothing answers.");
        running.system().kill("projects");
        running.system().kill("projects-2");
        try {
            button(page, "Save").click();
            assertThat(page.locator("#refused")).isVisible();
            assertThat(page.locator("#about-summary")).hasValue("Typed while nothing answers.");
        } finally {
            running.system().restart("projects");
            running.system().restart("projects-2");
        }
        button(page, "Save").click();
        page.getByText("Saved at").waitFor();
    }

    @Test
    void whatever_is_typed_is_kept_and_every_violation_stands_at_its_field() {
        expect("status of 400");
        Page page = drafted("Hostile " + UUID.randomUUID());
        String tooLong = HOSTILE.repeat(300);
        page.locator("#about-title").fill(" ");
        page.locator("#about-summary").fill(tooLong);
        page.locator("#about-startsOn").fill("31");
        page.locator("#about-startsOn-month").fill("February");
        page.locator("#about-startsOn-year").fill("2027");
        button(page, "Save").click();

        assertThat(page.locator("#refused")).isVisible();
        for (String id : new String[] {"about-title", "about-summary", "about-startsOn"})
            assertThat(page.locator("#" + id)).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("#refused")).isFocused();
        assertThat(page.locator("#about-summary")).hasValue(tooLong);
        isAccessible(page);

        page.locator("#about-title").fill(HOSTILE.strip());
        page.locator("#about-summary").fill(HOSTILE.strip());
        page.locator("#about-startsOn").fill("28");
        button(page, "Save").click();
        page.getByText("Saved at").waitFor();
        assertThat(page.locator("h1")).hasText(HOSTILE.strip());
    }

    @Test
    void a_text_is_written_and_saved_with_the_keyboard_alone() {
        Page page = drafted("Keys " + UUID.randomUUID());
        page.locator("#about-title").focus();
        page.keyboard().press("Tab");
        assertThat(page.locator("#about-summary")).isFocused();
        page.keyboard().type("Written without a mouse.");
        page.keyboard().press("Control+s");

        page.getByText("Saved at").waitFor();
        assertThat(page.locator("#about-summary")).hasValue("Written without a mouse.");
    }

    @Test
    void a_call_says_who_would_be_eligible_before_anything_is_written() {
        Page page = open(browser(), "/calls/" + running.state().jointCall);
        page.locator("#try-lead").selectOption("vn-hanoi");
        Locator missing = page.locator("koinon-eligibility .findings");
        assertThat(missing).containsText("At least 3 partner cities must take part.");
        page.locator("#try-partner").selectOption("id-bandung");
        page.locator("#try-partner").selectOption("th-bangkok");

        assertThat(missing).not().containsText("At least 3 partner cities must take part.");
        isAccessible(page);
    }
}
