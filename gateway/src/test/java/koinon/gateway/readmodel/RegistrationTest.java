package koinon.gateway.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// An aggregate that a service adds is not forgotten here.
class RegistrationTest {

    @Test
    void every_aggregate_that_publishes_states_has_a_projection() throws IOException {
        Set<String> published = Stream.of(
                        new PathMatchingResourcePatternResolver().getResources("classpath*:contracts/*/*.states.json"))
                .map(it -> String.valueOf(it.getFilename()).replace(".states.json", ""))
                .collect(Collectors.toSet());
        assertThat(published).contains("proposal", "project", "agreement", "call", "city", "fund");
        assertThat(ProjectionType.aggregates()).containsAll(published);
    }
}
