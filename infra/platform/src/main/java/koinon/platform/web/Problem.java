package koinon.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import koinon.platform.model.Invalid;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/// Makes the one form in which everything that goes wrong is answered (RFC 9457): `type` is `/problems/<rule>`,
/// `detail` a sentence for a person.
public final class Problem {

    /// How many violations one answer names at most.
    static final int MOST_VIOLATIONS = 100;

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
            .build();

    private Problem() {}

    /// @param rule names the kind of problem, kebab-case, stable: clients rely on it
    public static ProblemDetail of(HttpStatusCode status, String rule, String sentence) {
        var problem = ProblemDetail.forStatusAndDetail(status, sentence);
        problem.setType(URI.create("/problems/" + rule));
        return problem;
    }

    /// A 400 that names every violation.
    public static ProblemDetail of(List<Invalid.Violation> violations) {
        var sentence = violations.size() == 1
                ? violations.getFirst().detail()
                : "There are %d things to mend.".formatted(violations.size());
        var problem = of(HttpStatusCode.valueOf(400), "invalid", sentence);
        problem.setProperty(
                "violations",
                violations.size() > MOST_VIOLATIONS ? violations.subList(0, MOST_VIOLATIONS) : violations);
        return problem;
    }

    static byte[] json(ProblemDetail problem) {
        return JSON.writeValueAsBytes(problem);
    }

    /// Answers a request that has not reached a controller. Other headers are set before.
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
