package koinon.testing.infrastructure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import koinon.testing.http.Tokens;
import koinon.testing.time.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactories;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/// Beside `@SpringBootTest`: the application under test works on the [TestInfrastructure] of this JVM, on a
/// database that no other test class uses, with a [TestClock] as its clock, and takes the tokens of [Tokens].
@Tag("database")
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ContextCustomizerFactories(IntegrationTest.Factory.class)
public @interface IntegrationTest {

    /// Classes that say the same here share one database, and one application if the rest is equal too; empty:
    /// nobody shares.
    String sharing() default "";

    /// Finds the annotation; for the test framework.
    final class Factory implements ContextCustomizerFactory {

        @Override
        public @Nullable ContextCustomizer createContextCustomizer(
                Class<?> test, List<ContextConfigurationAttributes> attributes) {
            @Nullable IntegrationTest found = AnnotatedElementUtils.findMergedAnnotation(test, IntegrationTest.class);
            if (found == null) return null;
            return new Connected(found.sharing().isEmpty() ? test.getName() : found.sharing());
        }
    }

    /// Connects an application; two that are equal are one.
    record Connected(String sharing) implements ContextCustomizer {

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
            String simple = sharing.substring(sharing.lastIndexOf('.') + 1);
            String name = TestInfrastructure.freshDatabase(
                    simple.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
            TestInfrastructure.dropAtTheEnd(name);
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "real parts",
                            Map.of(
                                    "spring.mongodb.uri",
                                            TestInfrastructure.database().uri(),
                                    "spring.mongodb.database", name,
                                    "spring.kafka.bootstrap-servers", TestInfrastructure.bootstrap(),
                                    "koinon.identity.issuer", Tokens.issuer())));
            context.getBeanFactory().registerSingleton("clock", new TestClock());
        }
    }
}
