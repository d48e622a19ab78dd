package koinon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static koinon.browser.ProposalPages.*;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What waits for a person, and what is done with it.
class WorkTest extends WithBrowser {

    private static final String OFFICER = "Claire Dubois";

    private static Locator task(Page page, String title) {
        return page.locator(".task").filter(new Locator.FilterOptions().setHasText(title));
    }

    @Test
    void a_milestone_is_reported_with_evidence_whose_file_stays_here_and_its_verifier_sees_it() {
        String title = "Evidence " + UUID.randomUUID();
        running.project(title);
        Page page = open(browser(), "/work", EDITOR);
        assertThat(task(page, title)).containsText("hang on it");
        isAccessible(page);
        task(page, title).getByRole(AriaRole.LINK).last().click();
        page.locator("#report-text").fill("Twelve people came.");
        button(page, "Add evidence").click();
        page.locator("#evidence-link-0").fill("https://example.org/list.csv");
        var file = new FilePayload("list.csv", "text/csv", "a,b".getBytes(StandardCharsets.UTF_8));
        page.locator("#evidence-file-0").setInputFiles(file);
        assertThat(page.locator("#evidence-title-0")).hasValue("list.csv");
        isAccessible(page);
        button(page, "Send the report").click();
        assertThat(page.locator("main header")).containsText("Reported");

        Page verifier = open(browser(), "/work", OFFICER);
        task(verifier, title).getByRole(AriaRole.LINK).last().click();
        assertThat(verifier.locator("main")).containsText("Twelve people came.");
        verifier.getByText("Is it still the same file?").click();
        verifier.getByLabel("Choose the file that you have downloaded").setInputFiles(file);
        assertThat(verifier.getByText("It is the same file.")).isVisible();
        isAccessible(verifier);
        button(verifier, "Verify the milestone").click();
        assertThat(verifier.locator("main header")).containsText("Verified");
        assertThat(page.locator("main header")).containsText("Verified");
    }

    @Test
    void a_task_that_is_done_elsewhere_leaves_the_list_and_says_so() {
        String title = "Elsewhere " + UUID.randomUUID();
        String project = running.project(title);
        Page page = open(browser(), "/work", EDITOR);
        assertThat(task(page, title).first()).isVisible();

        running.report(project);

        assertThat(page.getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName("No longer waiting").setExact(true)))
                .isVisible();
    }

    @Test
    void a_session_that_ends_is_said_and_nothing_counts_as_done() {
        running.project("Ends " + UUID.randomUUID());
        BrowserContext context = browser();
        Page page = open(context, "/work", EDITOR);
        assertThat(page.locator(".task").first()).isVisible();
        int tasks = page.locator(".task").count();
        context.clearCookies();

        running.project("Ends " + UUID.randomUUID());

        assertThat(page.getByText("Your session has ended")).isVisible();
        assertThat(page.locator(".task")).hasCount(tasks);
    }

    @Test
    void single_keys_lead_to_the_tasks_and_through_them() {
        running.project("Keys " + UUID.randomUUID());
        running.project("Keys " + UUID.randomUUID());
        Page page = open(browser(), "/projects", EDITOR);
        page.locator("main").focus();
        page.keyboard().press("g");
        page.keyboard().press("w");
        assertThat(page.locator(".task").first()).isVisible();

        page.keyboard().press("j");
        page.keyboard().press("j");
        assertThat(page.locator(".task").nth(1).getByRole(AriaRole.LINK).first())
                .isFocused();
        page.keyboard().press("k");
        assertThat(page.locator(".task").first().getByRole(AriaRole.LINK).first())
                .isFocused();
    }

    @Test
    void a_later_day_is_asked_for() {
        String title = "Later " + UUID.randomUUID();
        String project = running.project(title);
        Page page = open(browser(), "/projects/" + project + "/milestones?milestone=m1", SIGNATORY);
        page.getByText("Ask for a later day").first().click();
        day(page, "New day", LocalDate.of(2027, 11, 30));
        page.getByLabel("Reason").last().fill("The hall is being repaired.");
        button(page, "Ask for a later day").click();

        assertThat(page.getByText("Asked for:")).isVisible();
        isAccessible(page);
    }

    @Test
    void a_signatory_signs_an_agreement_that_can_be_printed() {
        String title = "Signed " + UUID.randomUUID();
        running.offered(title);
        Page page = open(browser(), "/work", SIGNATORY);
        task(page, title).getByRole(AriaRole.LINK).last().click();
        assertThat(page.locator("main")).containsText("USD 2,000");
        isAccessible(page);
        button(page, "Sign the agreement").click();

        assertThat(page.locator("main header")).containsText("Signed");
        isAccessible(page);
        printsWithoutControls(page);
    }

    @Test
    void a_signatory_declines_an_agreement_and_says_why() {
        String agreement = running.offered("Declined " + UUID.randomUUID());
        Page page = open(browser(), "/agreements/" + agreement, SIGNATORY);
        page.getByText("Decline the agreement").first().click();
        page.getByLabel("Reason").fill("The council did not agree.");
        button(page, "Decline the agreement").click();

        assertThat(page.locator("main header")).containsText("Declined");
        assertThat(page.locator("main header")).containsText("The council did not agree.");
    }

    @Test
    void who_has_several_mandates_for_a_command_chooses_one() {
        expect("status of 400");
        String agreement = running.offered("Capacities " + UUID.randomUUID());
        Page page = open(browser(), "/agreements/" + agreement, DEPUTY);
        button(page, "Sign the agreement").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("A signatory of Hanoi, standing in for somebody else");
        isAccessible(page);
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("choose under which you act");

        button(page, "Sign the agreement").click();
        dialog.getByRole(AriaRole.RADIO).first().check();
        button(page, "Go on").click();
        assertThat(page.locator("main header")).containsText("Signed");
    }

    @Test
    void a_city_finds_its_drafts_with_what_is_missing() {
        Page page = open(browser(), "/proposals", EDITOR);
        Locator draft = page.getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator("a[href='/proposals/" + running.state().draft + "']")));

        assertThat(draft).containsText(Pattern.compile("\\d+ of \\d+"));
        draft.getByRole(AriaRole.LINK).click();
        assertThat(page.locator("#about-summary")).isVisible();
    }

    @Test
    void what_is_filed_prints_without_header_and_controls() {
        Page page = open(browser(), "/projects/" + running.state().project, SIGNATORY);
        printsWithoutControls(page);
        for (String path : List.of(
                "/proposals/" + running.state().project + "/check", "/agreements/" + running.state().agreement)) {
            page.navigate(running.address() + path);
            ready(page);
            printsWithoutControls(page);
        }
    }

    @Test
    void who_is_not_logged_in_is_asked_to_and_a_phone_shows_everything() {
        Page page = open(browser(360, "vi", ColorScheme.DARK), "/work");
        assertThat(page.locator("main")).containsText("Đăng nhập");
        isAccessible(page);
        doesNotScrollSideways(page);
    }

    /// Every page on which a city works, as Hà Nội sees it.
    @ParameterizedTest
    @CsvSource({"1280, en, LIGHT", "1280, en, DARK", "768, fr, DARK", "360, vi, LIGHT"})
    void every_page_of_a_city_s_work_is_accessible_and_never_scrolls_sideways(
            int width, String language, ColorScheme scheme) {
        String draft = "/proposals/" + running.state().draft;
        String project = "/projects/" + running.state().project;
        BrowserContext context = browser(width, language, scheme);
        Page page = open(context, "/work", EDITOR);
        for (String path : List.of(
                "/work",
                "/proposals",
                draft,
                draft + "?step=cities",
                draft + "?step=part",
                draft + "?step=plan",
                draft + "/commitment?city=vn-hanoi",
                draft + "/check",
                "/proposals/" + running.state().project + "/check",
                project + "/milestones",
                "/agreements/" + running.state().agreement)) {
            page.setViewportSize(width, 900);
            page.navigate(running.address() + path);
            ready(page);
            isAccessible(page);
            assertThat(page.locator("h1")).hasCount(1);
            page.setViewportSize(320, 900);
            doesNotScrollSideways(page);
        }
    }
}
