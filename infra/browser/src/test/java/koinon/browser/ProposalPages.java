package koinon.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.LocalDate;

/// What the tests of proposals do on their pages.
final class ProposalPages {

    static final String EDITOR = "Nguyễn Thu Hà";
    static final String SIGNATORY = "Trần Quốc Minh";
    static final String DEPUTY = "Phạm Minh Châu";
    static final String GUEST_EDITOR = "Dewi Lestari Putri";
    static final String GUEST_SIGNATORY = "Budi Hartono";

    private ProposalPages() {}

    static Locator button(Page page, String name) {
        return page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .filter(new Locator.FilterOptions().setVisible(true));
    }

    static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /// A step of the editor.
    static void step(Page page, String name) {
        page.locator(".steps a")
                .filter(new Locator.FilterOptions().setHasText(name))
                .click();
    }

    /// @param label of the three fields of a day
    static void day(Page page, String label, LocalDate day) {
        Locator fields = page.getByRole(
                        AriaRole.GROUP,
                        new Page.GetByRoleOptions().setName(label).setExact(true))
                .filter(new Locator.FilterOptions().setVisible(true));
        fields.getByLabel("Day").fill(String.valueOf(day.getDayOfMonth()));
        fields.getByLabel("Month").fill(String.valueOf(day.getMonthValue()));
        fields.getByLabel("Year").fill(String.valueOf(day.getYear()));
    }

    /// The part of a city: what it asks for, and one contribution in money.
    static void part(Page page, String grant, String brings, String tasks) {
        page.locator("#part-grant").fill(grant);
        button(page, "Add a contribution").click();
        page.locator("#part-source-0").fill("Budget of the city");
        page.locator("#part-amount-0").fill(brings);
        page.locator("#part-tasks").fill(tasks);
        save(page);
    }

    static void save(Page page) {
        button(page, "Save").click();
        page.getByText("Saved at").waitFor();
    }
}
