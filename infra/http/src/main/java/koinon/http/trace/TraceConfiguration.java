package koinon.http.trace;

import koinon.http.filter.FilterOrder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/// Before filters that refuse, so that a refusal has its trace too.
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class TraceConfiguration {

    @Bean
    FilterRegistrationBean<TraceFilter> trace() {
        var registration = new FilterRegistrationBean<>(new TraceFilter());
        registration.setOrder(FilterOrder.TRACE.order());
        return registration;
    }
}
