package koinon.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import koinon.local.process.CannotStart;
import org.junit.jupiter.api.Test;

class PortTest {

    @Test
    void the_environment_sets_another_port() {
        var ports = Port.Table.from(Map.of("KOINON_CITIES_PORT", "18081"), 1);

        assertThat(ports.of(Port.CITIES)).isEqualTo(18081);
        assertThat(ports.of(Port.GATEWAY)).isEqualTo(8080);
        assertThat(ports.environment())
                .containsEntry("KOINON_CITIES_PORT", "18081")
                .hasSize(Port.values().length);
    }

    @Test
    void what_is_not_a_port_is_refused() {
        for (String wrong : new String[] {"http", "0", "65536", "-1"})
            assertThatThrownBy(() -> Port.Table.from(Map.of("KOINON_CITIES_PORT", wrong), 1))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("KOINON_CITIES_PORT")
                    .hasMessageContaining("\"" + wrong + "\"");
    }

    @Test
    void a_port_in_use_is_named_with_its_user_and_the_way_out() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ports = Port.Table.from(Map.of("KOINON_FUNDING_PORT", "" + taken.getLocalPort()), 1);

            assertThatThrownBy(() -> ports.requireFree(EnumSet.of(Port.FUNDING)))
                    .isInstanceOf(CannotStart.class)
                    .hasMessage("Port " + taken.getLocalPort() + ", which funding needs, is in use by another program:"
                            + " end it, or set KOINON_FUNDING_PORT to another port.");
        }
    }

    @Test
    void each_copy_has_a_port_of_its_own_that_it_finds_where_the_first_finds_its() {
        var ports = Port.Table.from(Map.of("KOINON_FUNDING_2_PORT", "18093"), 2);

        assertThat(ports.urls(Port.CITIES)).isEqualTo("http://127.0.0.1:8081,http://127.0.0.1:8091");
        assertThat(ports.environment(Port.FUNDING, 2))
                .containsEntry("KOINON_FUNDING_PORT", "18093")
                .containsEntry("KOINON_CITIES_PORT", "8081");
        assertThat(ports.copies(Port.BROKER)).isOne();
        assertThat(Port.called(Port.GATEWAY.label(2))).isEqualTo(Port.GATEWAY);
    }

    @Test
    void free_ports_are_free_and_all_different() {
        var ports = Port.Table.free();

        ports.requireFree(EnumSet.allOf(Port.class));
        assertThat(new HashSet<>(ports.environment().values())).hasSize(Port.values().length);
    }
}
