package koinon.identity;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.webmvc.error.ErrorController;
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
                String title =
                        ProblemDetail.forStatus(HttpStatusCode.valueOf(status)).getTitle();
                response.getOutputStream()
                        .write("{\"title\":\"%s\",\"status\":%d}"
                                .formatted(title == null ? "Error" : title, status)
                                .getBytes(StandardCharsets.UTF_8));
                response.finishResponse();
            } catch (IOException _) {
                // Nobody is there to read it.
            }
        }
    }
}
