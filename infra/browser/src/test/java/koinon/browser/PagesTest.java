package koinon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.provider.EnumSource;

/// Every page that everybody may see. With `-Dtest.screenshots=true` what was looked at is in `target/screenshots`.
class PagesTest extends WithBrowser {

    /// The pages, each with an address that shows something, and two that show nothing.
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
        FUNDER(_ -> "/funders/xm-dac-41304");

        @SuppressWarnings("ImmutableEnumChecker") // no path changes
        private final Function<RunningSystem, String> path;

        Shown(Function<RunningSystem, String> path) {
            this.path = path;
        }

        String of(RunningSystem running) {
            return path.apply(running);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_page_is_accessible_in_every_language_and_width_light_and_dark(Shown shown) {
        if (shown == Shown.NO_PROJECT) expect("status of 404");
        looksWell(shown, 1280, "en", ColorScheme.LIGHT);
        looksWell(shown, 1280, "en", ColorScheme.DARK);
        looksWell(shown, 768, "fr", ColorScheme.DARK);
        looksWell(shown, 360, "vi", ColorScheme.LIGHT);
    }

    private void looksWell(Shown shown, int width, String language, ColorScheme scheme) {
        Page page = open(browser(width, language, scheme), shown.of(running));
        isAccessible(page);
        assertThat(page.locator("h1")).hasCount(1);
        assertThat(page).hasTitle(Pattern.compile(".+ · Koinon"));
        if (Boolean.getBoolean("test.screenshots"))
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(
                            "target/screenshots",
                            "%s-%d-%s-%s.png"
                                    .formatted(shown, width, language, scheme)
                                    .toLowerCase(Locale.ROOT))));
        page.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_page_never_scrolls_sideways(Shown shown) {
        if (shown == Shown.NO_PROJECT) expect("status of 404");
        for (String language : new String[] {"en", "fr", "vi"})
            doesNotScrollSideways(open(browser(320, language, ColorScheme.LIGHT), shown.of(running)));
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
        Page page = open(browser(), Shown.PROJECT.of(running));
        assertThat(page.locator("header.bar")).isVisible();

        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));

        assertThat(page.locator("header.bar")).isHidden();
        for (var button : page.locator("button, input").all())
            assertThat(button).isHidden();
        assertThat(page.locator("h1")).isVisible();
        assertThat(page.locator(".history")).isVisible();
    }
}
