package koinon.gateway.status;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.http.filter.FilterOrder;
import koinon.http.problem.Problem;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Adds the age of the read model to every answer about statuses, and answers 503 until the read model is complete.
/// Also adds whether the requested position was reached; this happens here because two threads must not write to
/// one response.
@Component
public final class AsOfFilter extends OncePerRequestFilter implements Ordered {

    /// The time up to which each topic has been read to its end.
    static final String HEADER = "Koinon-As-Of";

    /// Attribute of a request that waited: the value of [#HEADER], read after the wait.
    public static final String READ = AsOfFilter.class.getName();

    /// Attribute of a request: whether the answer contains the requested position.
    public static final String REACHED = "Koinon-Position-Reached";

    private final CurrentReadModel currentReadModel;

    AsOfFilter(CurrentReadModel currentReadModel) {
        this.currentReadModel = currentReadModel;
    }

    @Override
    public int getOrder() {
        return FilterOrder.AS_OF.order();
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
        String asOf = read == null ? currentReadModel.asOfHeader() : read.toString();
        if (!asOf.isEmpty()) response.setHeader(HEADER, asOf);
        Object reached = request.getAttribute(REACHED);
        if (reached != null) response.setHeader(REACHED, reached.toString());
        if (currentReadModel.isCaughtUp()) {
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
                        "The statuses are still being read from the topics; try again in a moment."));
    }
}
