package koinon.gateway.stream;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Lets the thread that writes a stream begin when the one that took the request has left all filters. Some of them
/// write headers on their way out, and two threads that write the headers of one answer break it, and with it the
/// connection.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Handover extends HttpFilter {

    private static final long serialVersionUID = 1;
    private static final String LEFT = Handover.class.getName();

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

    /// Open once the thread that took this request is out of the way.
    static CountDownLatch of(HttpServletRequest request) {
        return request.getAttribute(LEFT) instanceof CountDownLatch left ? left : new CountDownLatch(0);
    }
}
