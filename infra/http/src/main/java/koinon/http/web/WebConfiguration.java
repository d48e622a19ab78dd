package koinon.http.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.util.List;
import koinon.http.actor.ActorResolver;
import koinon.http.constraint.DigitsOfValue;
import koinon.http.constraint.PositiveMoney;
import koinon.http.constraint.SizeInCharacters;
import koinon.http.filter.FilterOrder;
import koinon.http.query.QueryParametersInterceptor;
import org.hibernate.validator.HibernateValidatorConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.validation.autoconfigure.ValidationConfigurationCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/// Configures Spring MVC for controllers.
@AutoConfiguration(
        before = {JacksonAutoConfiguration.class, WebMvcAutoConfiguration.class, ErrorMvcAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import({Problems.class, Problems.Outside.class, CommandResultAdvice.class})
class WebConfiguration {

    /// Before anything that takes time.
    @Bean
    FilterRegistrationBean<StallGuardFilter> stallGuard() {
        var registration = new FilterRegistrationBean<>(StallGuardFilter.beating());
        registration.setOrder(FilterOrder.STALL_GUARD.order());
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
    WebMvcConfigurer arguments(ObjectProvider<ActorResolver> callers, ObjectProvider<JsonMapper> json) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CommandArgumentResolver(
                        (HttpServletRequest it) -> callers.getObject().of(it), new RequestDigest(json.getObject())));
            }

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new QueryParametersInterceptor());
            }
        };
    }

    /// Commands are read strictly; absent values are not written; decimals are exact and without exponent.
    @Bean
    JsonMapperBuilderCustomizer strict() {
        return json -> json.addModule(StrictScalarsModule.written())
                .addModule(StrictScalarsModule.module())
                .addHandler(new CommandBodyConverter.Noting())
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

    /// JSON Schema counts characters, not UTF-16 units, and ignores trailing zeros of decimals.
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

    /// A body is always UTF-8; its encoding is not guessed from its first bytes.
    @Bean
    JsonFactoryBuilderCustomizer utf8() {
        return factory -> factory.disable(TokenStreamFactory.Feature.CHARSET_DETECTION);
    }

    /// Only these converters are registered, whatever libraries provide: only [CommandBodyConverter] reads JSON,
    /// other formats are read as bytes, and plain texts are written.
    @Bean
    ServerHttpMessageConvertersCustomizer commands(JsonMapper json, Validator validator) {
        List<HttpMessageConverter<?>> all = List.of(
                new ByteArrayHttpMessageConverter(),
                new StringHttpMessageConverter(StandardCharsets.UTF_8),
                new CommandBodyConverter(json, validator));
        return converters -> converters.configureMessageConvertersList(it -> {
            it.clear();
            it.addAll(all);
        });
    }
}
