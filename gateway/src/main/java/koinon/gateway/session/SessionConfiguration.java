package koinon.gateway.session;

import koinon.gateway.routing.RateLimitFilter;
import koinon.http.filter.FilterOrder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the sessions before everything that looks at a token.
@Configuration(proxyBeanMethods = false)
class SessionConfiguration {

    @Bean
    FilterRegistrationBean<SessionFilter> sessionFilter(
            Sessions sessions, TokenRefresh refresh, RateLimitFilter limits) {
        var registration = new FilterRegistrationBean<>(new SessionFilter(sessions, refresh, limits));
        registration.setOrder(FilterOrder.SESSION.order());
        return registration;
    }
}
