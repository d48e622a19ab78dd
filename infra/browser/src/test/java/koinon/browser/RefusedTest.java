package koinon.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What others try with a person's browser.
class RefusedTest extends WithBrowser {

    private static final String PERSON = "Priya Nair";

    private HttpServer attacker;

    @BeforeEach
    void attackerIsThere() throws IOException {
        attacker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        attacker.createContext("/", exchange -> {
            byte[] page = """
                    <!doctype html><title>A prize</title>
                    <form method="post" action="%1$s/logout"><button>Win</button></form>
                    <iframe name="framed" src="%1$s/"></iframe>""".formatted(running.address()).getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        attacker.start();
    }

    @AfterEach
    void attackerIsGone() {
        attacker.stop(0);
    }

    /// Cookies know no ports: a page of another port gets the session sent along, one of another host does not.
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void a_command_that_a_page_elsewhere_sends_with_the_session_of_a_person(String host) {
        expect("frame|status of 4");
        BrowserContext context = browser();
        logIn(open(context, "/"), PERSON);
        Page elsewhere = page(context);
        elsewhere.navigate("http://" + host + ":" + attacker.getAddress().getPort());

        Response answer = elsewhere.waitForResponse(
                "**/logout",
                () -> elsewhere
                        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Win"))
                        .click());

        assertThat(answer.status()).isEqualTo(host.equals("127.0.0.1") ? 403 : 415);
        assertThat(account(open(context, "/"))).containsText(PERSON);
    }

    @Test
    void a_command_of_our_own_page_without_the_proof_that_it_is_the_persons() {
        expect("status of 403");
        Page page = open(browser(), "/");
        logIn(page, PERSON);

        assertThat(post(page, "/logout")).isEqualTo(403);

        page.reload();
        assertThat(account(page)).containsText(PERSON);
    }

    @Test
    void a_session_that_was_stolen_before_its_person_logged_out() {
        expect("status of 401");
        BrowserContext context = browser();
        Page page = open(context, "/");
        logIn(page, PERSON);
        String stolen = context.cookies().stream()
                .filter(it -> it.name.equals("__Host-koinon"))
                .findFirst()
                .orElseThrow()
                .value;
        BrowserContext thief = browser();
        thief.addCookies(List.of(session(stolen)));
        assertThat(account(open(thief, "/"))).containsText(PERSON);

        account(page).click();
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Log out").setExact(true))
                .click();
        page.waitForURL(running.address() + "/");
        page.locator("header .button.main").waitFor();

        thief.addCookies(List.of(session(stolen)));
        Page late = open(thief, "/");
        assertThat(account(late)).hasCount(0);
        thief.addCookies(List.of(session(stolen)));
        assertThat(post(late, "/logout")).isEqualTo(401);
    }

    private Cookie session(String value) {
        return new Cookie("__Host-koinon", value)
                .setDomain("127.0.0.1")
                .setPath("/")
                .setSecure(true)
                .setHttpOnly(true);
    }

    @Test
    void a_login_that_was_begun_in_another_browser() {
        expect("status of 400");
        List<String> end = new ArrayList<>();
        BrowserContext context = browser();
        context.onRequest(it -> {
            if (it.url().contains("/login/oauth2/code/")) end.add(it.url());
        });
        logIn(open(context, "/"), PERSON);

        Page other = page(browser());
        Response answer = other.navigate(end.getFirst());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(other.locator("body")).containsText("This login was not begun in this browser");
        other.navigate(running.address() + "/");
        ready(other);
        assertThat(account(other)).hasCount(0);
    }

    @Test
    void a_frame_around_a_page() {
        expect("frame");
        Page elsewhere = page(browser());
        elsewhere.navigate("http://127.0.0.1:" + attacker.getAddress().getPort());

        assertThat(elsewhere.frame("framed").content()).doesNotContain("koinon-app");
    }
}
