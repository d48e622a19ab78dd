package koinon.platform.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import koinon.platform.constraint.DigitsOfValue;
import koinon.platform.constraint.PositiveMoney;
import koinon.platform.constraint.SizeInCharacters;
import org.hibernate.validator.HibernateValidatorConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.validation.autoconfigure.ValidationConfigurationCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.util.unit.DataSize;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/// Connects everything that HTTP has in common in every process.
@AutoConfiguration(
        before = {JacksonAutoConfiguration.class, WebMvcAutoConfiguration.class, ErrorMvcAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(WebConfiguration.Settings.class)
@Import({Problems.class, Problems.Outside.class, Answers.class})
class WebConfiguration {

    private static final int BODY = Ordered.HIGHEST_PRECEDENCE + 10;

    /// @param largestBody of any request
    /// @param largerBodies what is taken instead at some paths: an import of a file
    /// @param otherMediaTypes what is read instead of JSON at some paths
    /// @param bodyPatience how long a whole body may take
    /// @param bodiesPerCaller how many bodies of one caller are awaited at a time
    /// @param bodies how many bodies of all callers are awaited at a time
    @ConfigurationProperties("koinon.web")
    record Settings(
            @DefaultValue("256KB") DataSize largestBody,
            @DefaultValue Map<String, DataSize> largerBodies,
            @DefaultValue Map<String, MediaType> otherMediaTypes,
            @DefaultValue("10s") Duration bodyPatience,
            @DefaultValue("16") int bodiesPerCaller,
            @DefaultValue("256") int bodies) {}

    /// Before anything else takes time.
    @Bean
    FilterRegistrationBean<Standstill> standstill() {
        var registration = new FilterRegistrationBean<>(Standstill.beating());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /// Before a body is read: it looks at headers only, and 415 is the first refusal.
    @Bean
    FilterRegistrationBean<MediaTypeFilter> mediaTypes(Settings settings) {
        var registration = new FilterRegistrationBean<>(new MediaTypeFilter(settings.otherMediaTypes()));
        registration.setOrder(BODY - 1);
        return registration;
    }

    /// Before the chain of filters, which is to see each request once; behind the gateway's limits.
    @Bean
    FilterRegistrationBean<Body> body(Settings settings, ObjectProvider<Callers> callers) {
        var limits = new Body.Limits(
                settings.largestBody(),
                settings.largerBodies(),
                settings.bodyPatience(),
                settings.bodiesPerCaller(),
                settings.bodies());
        var registration = new FilterRegistrationBean<>(
                new Body(limits, it -> callers.getObject().verified(it)));
        registration.setOrder(BODY);
        return registration;
    }

    @Bean
    FilterRegistrationBean<Query> query() {
        var registration = new FilterRegistrationBean<>(new Query());
        registration.setOrder(0);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> unreadable() {
        return tomcat -> {
            tomcat.addEngineValves(new Problems.Versionless());
            tomcat.addContextCustomizers(Problems.Unreadable.customizer());
        };
    }

    @Bean
    WebMvcConfigurer arguments(ObjectProvider<Callers> callers, ObjectProvider<JsonMapper> json) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new Arguments(
                        (HttpServletRequest it) -> callers.getObject().of(it), new RequestDigest(json.getObject())));
            }

            @Override
            public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
                negotiation.strategies(List.of(new MediaTypeFilter.Accepted()));
            }
        };
    }

    @Bean
    WebMvcRegistrations everyArgument() {
        return new WebMvcRegistrations() {
            @Override
            public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
                return new EveryArgument();
            }
        };
    }

    /// Commands are read strictly; what is absent is left out of what is written; decimals stay exact and plain.
    @Bean
    JsonMapperBuilderCustomizer strict() {
        return json -> json.addModule(Scalars.written())
                .addModule(Scalars.module())
                .addHandler(new Commands.Noting())
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .changeDefaultPropertyInclusion(it -> it.withValueInclusion(JsonInclude.Include.NON_NULL));
    }

    /// A schema counts characters, not units of UTF-16, and decimals without the zeros behind them.
    @Bean
    ValidationConfigurationCustomizer asInSchemas() {
        return it -> {
            if (!(it instanceof HibernateValidatorConfiguration configuration)) return;
            var mapping = configuration.createConstraintMapping();
            mapping.constraintDefinition(Size.class).validatedBy(SizeInCharacters.class);
            mapping.constraintDefinition(Digits.class).validatedBy(DigitsOfValue.class);
            mapping.constraintDefinition(Positive.class).validatedBy(PositiveMoney.class);
            configuration.addMapping(mapping);
        };
    }

    /// A body is UTF-8 and never taken for another encoding by its first bytes.
    @Bean
    JsonFactoryBuilderCustomizer utf8() {
        return factory -> factory.disable(TokenStreamFactory.Feature.CHARSET_DETECTION);
    }

    /// Only these are registered, whatever a library brings along: JSON is read by [Commands] alone, a text in another
    /// format as its bytes, and a single text is written.
    @Bean
    ServerHttpMessageConvertersCustomizer commands(JsonMapper json, Validator validator) {
        List<HttpMessageConverter<?>> all = List.of(
                new ByteArrayHttpMessageConverter(),
                new StringHttpMessageConverter(StandardCharsets.UTF_8),
                new Commands(json, validator));
        return converters -> converters.configureMessageConvertersList(it -> {
            it.clear();
            it.addAll(all);
        });
    }
}
