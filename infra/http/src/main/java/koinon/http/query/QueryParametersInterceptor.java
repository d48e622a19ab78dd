package koinon.http.query;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Checks the query parameters of each request that a controller of ours handles. The pages of libraries have
/// parameters of their own.
public final class QueryParametersInterceptor implements HandlerInterceptor {

    private static final String OURS = "koinon.";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // A forward and an error have the query of the request that they answer, which another handler has declared.
        boolean isRequest = request.getDispatcherType() == DispatcherType.REQUEST
                || request.getDispatcherType() == DispatcherType.ASYNC;
        if (isRequest
                && handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(OURS))
            QueryParameters.of(method.getMethod()).check(request.getQueryString());
        return true;
    }
}
