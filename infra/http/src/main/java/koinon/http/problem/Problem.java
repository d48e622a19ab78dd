package koinon.http.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Sentence;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/// Makes problem details (RFC 9457): `type` is `/problems/<rule>`, `detail` a sentence for a person, `sentence` the
/// same as data.
public final class Problem {

    /// The most violations in one problem.
    static final int MOST_VIOLATIONS = 100;

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
            .build();

    private Problem() {}

    /// One violation, as a problem shows it.
    record Shown(String pointer, String detail, Sentence sentence) {}

    /// @param key as of a [koinon.eventing.rule.RuleViolation]: its first level names the kind of problem
    /// @param text `%s` stands for the values in their order
    /// @param values name and value in turn
    public static ProblemDetail of(HttpStatusCode status, String key, String text, @Nullable Object... values) {
        return of(status, Sentence.of(key, text, values));
    }

    public static ProblemDetail of(HttpStatusCode status, Sentence sentence) {
        return of(status, sentence.topic(), sentence);
    }

    private static ProblemDetail of(HttpStatusCode status, String rule, Sentence sentence) {
        var problem = ProblemDetail.forStatusAndDetail(status, sentence.text());
        problem.setType(URI.create("/problems/" + rule));
        problem.setProperty("sentence", sentence);
        return problem;
    }

    /// A 400 that names every violation.
    public static ProblemDetail of(List<ValidationFailed.Violation> violations) {
        var sentence = violations.size() == 1
                ? violations.getFirst().sentence()
                : Sentence.of("invalid.several", "Validation failed: %s errors.", "errors", violations.size());
        var problem = of(HttpStatusCode.valueOf(400), "invalid", sentence);
        problem.setProperty(
                "violations",
                violations.stream()
                        .limit(MOST_VIOLATIONS)
                        .map(it -> new Shown(it.pointer(), it.sentence().text(), it.sentence()))
                        .toList());
        return problem;
    }

    public static byte[] json(ProblemDetail problem) {
        return JSON.writeValueAsBytes(problem);
    }

    /// Answers a request that has not reached a controller. Other headers must be set before.
    public static void write(HttpServletRequest request, HttpServletResponse response, ProblemDetail problem)
            throws IOException {
        if (response.isCommitted()) return;
        problem.setInstance(URI.create(request.getRequestURI()));
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        var bytes = json(problem);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
