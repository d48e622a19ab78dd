package koinon.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompositionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mongodb://koinon:secret@db:27017",
                "mongodb://koinon:secret@db:27017/koinon?replicaSet=rs",
                "mongodb+srv://koinon:secret%40x@db",
                "mongodb://koinon:se@cret@db:27017",
                "mongodb://koinon:se/cret@db:27017",
                "mongodb://db:27017/?tlsCertificateKeyFilePassword=secret",
                "mongodb://db:27017/?authMechanismProperties=AWS_SESSION_TOKEN:secret"
            })
    void no_password_of_a_database_is_shown(String uri) {
        assertThat(Composition.withoutSecrets(uri))
                .startsWith("mongodb")
                .contains("db")
                .doesNotContain("secret", "cret");
    }
}
