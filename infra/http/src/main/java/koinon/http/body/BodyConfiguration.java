package koinon.http.body;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import koinon.http.actor.ActorResolver;
import koinon.http.connection.ClientNetwork;
import koinon.http.filter.FilterOrder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Registers the filters of this package.
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(BodyConfiguration.Settings.class)
class BodyConfiguration {

    /// @param largestBody of any request
    /// @param largerBodies what is taken instead at some paths: an import of a file
    /// @param otherMediaTypes what is read instead of JSON at some paths
    /// @param bodyPatience how long a whole body may take
    /// @param bodiesPerCaller how many bodies of one caller are awaited at a time
    /// @param bodies how many bodies of all callers are awaited at a time
    /// @param publicQuestions path patterns to which anybody may send a body
    @ConfigurationProperties("koinon.web")
    record Settings(
            @DefaultValue("256KB") DataSize largestBody,
            @DefaultValue Map<String, DataSize> largerBodies,
            @DefaultValue Map<String, MediaType> otherMediaTypes,
            @DefaultValue("10s") Duration bodyPatience,
            @DefaultValue("16") int bodiesPerCaller,
            @DefaultValue("256") int bodies,
            @DefaultValue List<String> publicQuestions) {

        /// The caller whose body is read before the token is checked: by its token, or by its address where none is
        /// needed.
        Optional<String> caller(HttpServletRequest request, ActorResolver callers) {
            boolean isOpen = publicQuestions.stream()
                    .anyMatch(it -> PathPatternRequestMatcher.pathPattern(HttpMethod.POST, it)
                            .matches(request));
            Optional<String> verified = callers.verified(request);
            return isOpen ? verified.or(() -> Optional.of(ClientNetwork.of(request.getRemoteAddr()))) : verified;
        }
    }

    /// Before a body is read: it looks at headers only, and 415 is the first refusal.
    @Bean
    FilterRegistrationBean<MediaTypeFilter> mediaTypes(Settings settings) {
        var registration = new FilterRegistrationBean<>(new MediaTypeFilter(settings.otherMediaTypes()));
        registration.setOrder(FilterOrder.MEDIA_TYPES.order());
        return registration;
    }

    /// Before the chain of filters, which is to see each request once; behind the gateway's limits.
    @Bean
    FilterRegistrationBean<RequestBodyFilter> body(Settings settings, ObjectProvider<ActorResolver> callers) {
        var limits = new RequestBodyFilter.Limits(
                settings.largestBody(),
                settings.largerBodies(),
                settings.bodyPatience(),
                settings.bodiesPerCaller(),
                settings.bodies());
        var registration = new FilterRegistrationBean<>(
                new RequestBodyFilter(limits, it -> settings.caller(it, callers.getObject())));
        registration.setOrder(FilterOrder.BODY.order());
        return registration;
    }

    @Bean
    FilterRegistrationBean<QueryStringFilter> query() {
        var registration = new FilterRegistrationBean<>(new QueryStringFilter());
        registration.setOrder(FilterOrder.QUERY.order());
        return registration;
    }

    @Bean
    WebMvcConfigurer accepted() {
        return new WebMvcConfigurer() {
            @Override
            public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
                negotiation.strategies(List.of(new MediaTypeFilter.Accepted()));
            }
        };
    }
}
