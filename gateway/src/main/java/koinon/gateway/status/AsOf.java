package koinon.gateway.status;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import koinon.gateway.picture.Reading;
import koinon.platform.web.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Says with every answer about statuses how old the picture is, and gives none before there is a whole one. With the
/// answer to one that waited it says whether the wait was over: here, for a response is not to be touched by two
/// threads.
@Component
final class AsOf extends OncePerRequestFilter {

    /// Per topic the time up to which it has been read to its end.
    static final String HEADER = "Koinon-As-Of";

    /// What [#HEADER] says when it was read after the request had come; set as an attribute of the request.
    static final String READ = AsOf.class.getName();

    /// Whether the position that was asked for is in the answer; set as an attribute of the request.
    static final String REACHED = "Koinon-Position-Reached";

    private final Reading reading;

    AsOf(Reading reading) {
        this.reading = reading;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/v1/status/");
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Object read = request.getAttribute(READ);
        String asOf = read == null ? reading.asOfHeader() : read.toString();
        if (!asOf.isEmpty()) response.setHeader(HEADER, asOf);
        Object reached = request.getAttribute(REACHED);
        if (reached != null) response.setHeader(REACHED, reached.toString());
        if (reading.isCaughtUp()) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(HttpHeaders.RETRY_AFTER, "2");
        Problem.write(
                request,
                response,
                Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "reading",
                        "The statuses are being read from the topics; ask again in a moment."));
    }
}
