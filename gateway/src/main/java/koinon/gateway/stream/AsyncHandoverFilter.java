package koinon.gateway.stream;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import koinon.http.filter.FilterOrder;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/// Lets the thread that writes a stream start only after the request thread has left all filters. Some filters
/// write headers on the way out, and two threads that write headers of one response corrupt the connection.
@Component
final class AsyncHandoverFilter extends HttpFilter implements Ordered {

    private static final long serialVersionUID = 1;
    private static final String LEFT = AsyncHandoverFilter.class.getName();

    @Override
    public int getOrder() {
        return FilterOrder.ASYNC_HANDOVER.order();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!request.getRequestURI().equals(StreamController.PATH) || request.getAttribute(LEFT) != null) {
            chain.doFilter(request, response);
            return;
        }
        var left = new CountDownLatch(1);
        request.setAttribute(LEFT, left);
        try {
            chain.doFilter(request, response);
        } finally {
            left.countDown();
        }
    }

    /// Open once the request thread has left all filters.
    static CountDownLatch of(HttpServletRequest request) {
        return request.getAttribute(LEFT) instanceof CountDownLatch left ? left : new CountDownLatch(0);
    }
}
