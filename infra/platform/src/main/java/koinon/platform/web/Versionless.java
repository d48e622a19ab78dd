package koinon.platform.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/// Refuses a request that names no version of HTTP. Tomcat takes it for HTTP/0.9, where an answer has no head: what is
/// written as its body is therefore the whole answer, head and all.
final class Versionless extends ValveBase {

    Versionless() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.getProtocol() != null && !request.getProtocol().isEmpty()) {
            getNext().invoke(request, response);
            return;
        }
        byte[] body = Problem.json(Problems.byStatus(HttpStatus.HTTP_VERSION_NOT_SUPPORTED, null));
        String head = "HTTP/1.1 505 \r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(MediaType.APPLICATION_PROBLEM_JSON, body.length);
        // It is, where the address was refused before.
        response.setSuspended(false);
        response.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        response.getOutputStream().write(body);
        response.finishResponse();
    }
}
