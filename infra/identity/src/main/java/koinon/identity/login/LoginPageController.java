package koinon.identity.login;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Collator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import koinon.identity.Person;
import koinon.identity.Settings;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/// Writes the page with all persons of the demo, by city, funder and network. It works without its script, which only
/// narrows the list while somebody types.
@RestController
class LoginPageController {

    private final Settings settings;
    private final String page;

    LoginPageController(Settings settings, @Value("classpath:koinon/identity/login/page.html") Resource page)
            throws IOException {
        this.settings = settings;
        this.page = page.getContentAsString(StandardCharsets.UTF_8);
    }

    @GetMapping(path = "/login", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    String page(CsrfToken csrf) {
        return page.replace("{csrf}", HtmlUtils.htmlEscape(csrf.getToken()))
                .replace(
                        "{persons}", kind("Cities", "city/") + kind("Funders", "funder/") + kind("Network", "network"));
    }

    private String kind(String title, String scopes) {
        Map<String, List<String>> groups =
                new TreeMap<>(Comparator.comparing(this::place, Collator.getInstance(Locale.ROOT))
                        .thenComparing(Comparator.naturalOrder()));
        settings.persons()
                .forEach((key, person) -> person.mandates().stream()
                        .map(Person.Mandate::scope)
                        .filter(it -> it.startsWith(scopes))
                        .distinct()
                        .forEach(scope -> groups.computeIfAbsent(scope, _ -> new ArrayList<>())
                                .add(choice(key, person, scope))));
        return "<h2>%s</h2>%n<div class=\"groups\">%n%s</div>%n"
                .formatted(
                        title,
                        groups.entrySet().stream()
                                .map(it -> "<section aria-label=\"%1$s\"><h3>%1$s</h3>%n<ul>%n%2$s</ul></section>%n"
                                        .formatted(escaped(place(it.getKey())), String.join("", it.getValue())))
                                .collect(Collectors.joining()));
    }

    private String choice(String key, Person person, String scope) {
        String roles = person.mandates().stream()
                .filter(it -> it.scope().equals(scope))
                .map(it -> it.role().replaceFirst("^(city|funder)-", ""))
                .collect(Collectors.joining(" and "));
        String elsewhere = person.mandates().stream()
                .map(Person.Mandate::scope)
                .filter(it -> !it.equals(scope))
                .distinct()
                .map(this::place)
                .collect(Collectors.joining(", "));
        return "<li><button name=\"person\" value=\"%s\"><span class=\"name\">%s</span> <span class=\"role\">%s</span></button></li>%n"
                .formatted(
                        key,
                        escaped(person.name()),
                        escaped(elsewhere.isEmpty() ? roles : roles + "; also acts for " + elsewhere));
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }

    private String place(String scope) {
        return settings.scopes().getOrDefault(scope, scope);
    }
}
