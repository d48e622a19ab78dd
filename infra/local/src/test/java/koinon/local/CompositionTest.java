package koinon.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import koinon.local.system.DataFolder;
import koinon.local.system.Port;
import koinon.local.system.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompositionTest {

    @Test
    void every_copy_and_every_start_has_the_same_keys_for_sessions_and_people_log_in_at_each(@TempDir Path folder) {
        Map<String, String> first = settings(folder);
        assertThat(first.get("KOINON_SESSION_KEY")).hasSize(43).isNotEqualTo(first.get("KOINON_WEB_SECRET"));
        assertThat(settings(folder)).isEqualTo(first);
        assertThat(first.get("KOINON_WEB_ORIGINS"))
                .isEqualTo("http://127.0.0.1:8080,http://127.0.0.1:8090,http://localhost:8080,http://localhost:8090");
    }

    private static Map<String, String> settings(Path folder) {
        var terminal = new Terminal(System.out, System.err, false);
        return new Composition(folder, Map.of(), new DataFolder(folder), Port.Table.from(Map.of(), 2), terminal)
                .settings();
    }

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
