package koinon.identity;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Answers what the protocol does not answer by itself as a problem (RFC 9457).
@RestController
class ErrorsController implements ErrorController {

    /// Nobody is sent here without an error; who comes by themselves finds nothing.
    @RequestMapping("/error")
    ResponseEntity<ProblemDetail> error(HttpServletRequest request) {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer it ? it : 404;
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDetail.forStatus(status));
    }

    /// Answers what Tomcat could not even read.
    static final class Unreadable extends ErrorReportValve {

        static TomcatContextCustomizer customizer() {
            return context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(Unreadable.class.getName());
                    host.getPipeline().addValve(new Unreadable());
                }
            };
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable thrown) {
            int status = response.getStatus();
            if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) return;
            try {
                if (response.isCommitted()) return;
                response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
                response.getOutputStream().write(problem(status));
                response.finishResponse();
            } catch (IOException _) {
                // Nobody is there to read it.
            }
        }
    }

    private static byte[] problem(int status) {
        String title = ProblemDetail.forStatus(HttpStatusCode.valueOf(status)).getTitle();
        return "{\"title\":\"%s\",\"status\":%d}"
                .formatted(title == null ? "Error" : title, status)
                .getBytes(StandardCharsets.UTF_8);
    }

    /// Refuses headers that are not plain ASCII, at some of which the firewall would throw wherever they are first
    /// read, more than one `Authorization`, of which readers could choose different ones, and a request without a
    /// version. For that Tomcat writes no head, so it is written here with the body.
    static final class Malformed extends ValveBase {

        private static final Pattern PLAIN = Pattern.compile("[\\t\\x20-\\x7e]*");

        Malformed() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            boolean hasVersion =
                    request.getProtocol() != null && !request.getProtocol().isEmpty();
            if (hasVersion && isWellFormed(request)) {
                getNext().invoke(request, response);
                return;
            }
            // It is, where the address was refused before.
            response.setSuspended(false);
            int status = hasVersion ? 400 : 505;
            byte[] body = problem(status);
            response.setStatus(status);
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            if (!hasVersion)
                response.getOutputStream()
                        .write("HTTP/1.1 505 \r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                                .formatted(MediaType.APPLICATION_PROBLEM_JSON, body.length)
                                .getBytes(StandardCharsets.US_ASCII));
            response.getOutputStream().write(body);
            response.finishResponse();
        }

        private static boolean isWellFormed(Request request) {
            return Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION))
                                    .size()
                            <= 1
                    && Collections.list(request.getHeaderNames()).stream()
                            .flatMap(it -> Collections.list(request.getHeaders(it)).stream())
                            .allMatch(it -> PLAIN.matcher(it).matches());
        }
    }
}
