package koinon.platform.web;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/// Answers a request that Tomcat could not even read, such as one for a path that leads out of the root.
final class Unreadable extends ErrorReportValve {

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
        var status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) return;
        try {
            if (response.isCommitted()) return;
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream().write(Problem.json(Problems.byStatus(HttpStatusCode.valueOf(status), null)));
            response.finishResponse();
        } catch (IOException _) {
            // Nobody is there to read it.
        }
    }
}
