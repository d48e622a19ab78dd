package koinon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every page that everybody may see. With `-Dtest.screenshots=true` what was looked at is in `target/screenshots`.
class PagesTest extends WithBrowser {

    /// The pages, each with an address that shows something, and three that show nothing.
    enum Shown {
        OVERVIEW(_ -> "/"),
        PROJECTS(_ -> "/projects"),
        NO_PROJECTS(_ -> "/projects?q=nothing-has-this-title"),
        PROJECT(it -> "/projects/" + it.state().project),
        PROJECT_UNDERWAY(it -> "/projects/" + it.state().underway),
        NO_PROJECT(_ -> "/projects/there-is-none"),
        HISTORY(it -> "/projects/" + it.state().project + "/history"),
        CALLS(_ -> "/calls"),
        CALL(it -> "/calls/" + it.state().jointCall),
        CITIES(_ -> "/cities"),
        CITY(_ -> "/cities/vn-hanoi"),
        CITIES_OF_A_GROUP(_ -> "/cities?group=asean"),
        COOPERATION(_ -> "/cooperation?sort=city"),
        COOPERATION_OF_A_GROUP(_ -> "/cooperation?group=asean"),
        NO_COOPERATION(_ -> "/cooperation?field=Nothing"),
        GATHERINGS(_ -> "/gatherings"),
        GATHERING(it -> "/gatherings/" + it.state().forum),
        REAL_GATHERING(_ -> "/gatherings/asia-creativity-forum-2025-2025-11-28"),
        FUNDER(_ -> "/funders/xm-dac-41304");

        @SuppressWarnings("ImmutableEnumChecker") // no path changes
        private final Function<RunningSystem, String> path;

        Shown(Function<RunningSystem, String> path) {
            this.path = path;
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, en, LIGHT", "1280, en, DARK", "768, fr, DARK", "360, vi, LIGHT"})
    void every_page_is_accessible_and_never_scrolls_sideways(int width, String language, ColorScheme scheme) {
        // On an overloaded machine a service may not answer in time; the page asks again.
        expect("status of 404.*/there-is-none|status of 503");
        BrowserContext context = browser(width, language, scheme);
        for (Shown shown : Shown.values()) {
            Page page = open(context, shown.path.apply(running));
            isAccessible(page);
            assertThat(page.locator("h1")).hasCount(1);
            assertThat(page).hasTitle(Pattern.compile(".+ · Koinon"));
            if (Boolean.getBoolean("test.screenshots")) keep(page, shown + "-" + width + "-" + language + "-" + scheme);
            page.setViewportSize(320, 900);
            doesNotScrollSideways(page);
            page.close();
        }
    }

    private static void keep(Page page, String name) {
        Path file = Path.of("target/screenshots", name.toLowerCase(Locale.ROOT) + ".png");
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(file));
    }

    @ParameterizedTest
    @CsvSource({
        "en, What cities do together",
        "fr, Ce que les villes font ensemble",
        "vi, Các thành phố cùng nhau làm gì"
    })
    void a_page_speaks_the_language_of_its_reader(String language, String heading) {
        Page page = open(browser(1280, language, ColorScheme.LIGHT), "/");

        assertThat(page.locator("h1")).hasText(heading);
        assertThat(page.locator("html")).hasAttribute("lang", language);
    }

    @Test
    void on_paper_a_project_has_no_header_and_no_buttons() {
        Page page = open(browser(), "/projects/" + running.state().project);
        printsWithoutControls(page);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator(".history")).isVisible();
    }
}
