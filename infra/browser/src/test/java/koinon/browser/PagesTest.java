package koinon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Every page that everybody may see, in its usual states.
class PagesTest extends WithBrowser {

    /// The pages, each with an address that shows something.
    enum Shown {
        OVERVIEW(_ -> "/"),
        PROJECTS(_ -> "/projects"),
        NO_PROJECTS(_ -> "/projects?q=nothing-has-this-title"),
        PROJECT(it -> "/projects/" + it.state().project),
        OTHER_PROJECT(it -> "/projects/" + it.state().festival),
        NO_PROJECT(_ -> "/projects/there-is-none"),
        HISTORY(it -> "/projects/" + it.state().project + "/history"),
        CALLS(_ -> "/calls"),
        CALL(it -> "/calls/" + it.state().jointCall),
        CITIES(_ -> "/cities"),
        CITY(_ -> "/cities/vn-hanoi"),
        FUNDER(_ -> "/funders/xm-dac-41304");

        private final Function<RunningSystem, String> path;

        Shown(Function<RunningSystem, String> path) {
            this.path = path;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_page_is_accessible_in_every_language_and_width_light_and_dark(Shown shown) {
        String path = shown.path.apply(running);
        isAccessible(open(browser(1280, "en", ColorScheme.LIGHT), path));
        isAccessible(open(browser(768, "fr", ColorScheme.DARK), path));
        isAccessible(open(browser(360, "vi", ColorScheme.LIGHT), path));
    }

    @ParameterizedTest
    @EnumSource
    void a_page_never_scrolls_sideways(Shown shown) {
        for (String language : new String[] {"en", "fr", "vi"})
            doesNotScrollSideways(open(browser(320, language, ColorScheme.LIGHT), shown.path.apply(running)));
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
}
