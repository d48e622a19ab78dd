package koinon.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import koinon.local.process.Ports;
import koinon.local.system.ProcessTable;
import koinon.local.system.Terminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifyTest {

    private static final String SAME =
            "{\"checked\":{\"aggregates\":3,\"events\":7},\"differences\":[],\"notCompared\":[]}";
    private static final String OTHER = """
            {"checked":{"aggregates":3},"differences":[{"subject":"fund/f","difference":"It is stored with 2 events."}],
             "notCompared":[]}""";
    private static final String MOVED_ON = """
            {"checked":{"aggregates":3},"differences":[],
             "notCompared":[{"subject":"fund/f","difference":"It went on from 2 to 3."}]}""";

    private final List<HttpServer> servers = new ArrayList<>();
    private final List<ProcessTable.Entry> processes = new ArrayList<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void identity() throws IOException {
        HttpServer identity = start("identity");
        answer(identity, "/demo-persons", 200, """
                [{"name":"Minh","mandates":[{"role":"city-editor","scope":"city/vn-hanoi"}],"clientId":"m","secret":"s"},
                 {"name":"Ada","mandates":[{"role":"operator","scope":"network"}],"clientId":"operator","secret":"s"}]""");
        // The client of a demo person and its secret.
        identity.createContext("/oauth2/token", exchange -> {
            boolean known =
                    "Basic b3BlcmF0b3I6cw==".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = (known ? "{\"access_token\":\"of-operator\"}" : "{}").getBytes(UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        servers.forEach(it -> it.stop(0));
    }

    private HttpServer start(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        servers.add(server);
        processes.add(entry(name, server.getAddress().getPort()));
        return server;
    }

    private static ProcessTable.Entry entry(String name, int port) {
        return new ProcessTable.Entry(name, ProcessHandle.current().pid(), port, "", 0);
    }

    private static void answer(HttpServer server, String path, int status, String body) {
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    /// A process that only the operator may ask.
    private void serve(String name, String report) throws IOException {
        HttpServer server = start(name);
        server.createContext("/operations/verification", exchange -> {
            boolean operator =
                    "Bearer of-operator".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = report.getBytes(UTF_8);
            exchange.sendResponseHeaders(operator ? 200 : 403, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private int verify() throws InterruptedException {
        var stream = new PrintStream(said, true, UTF_8);
        return new Verify(processes, new Terminal(stream, stream, false)).run();
    }

    private String said() {
        return said.toString(UTF_8);
    }

    @Test
    void when_nothing_differs_it_says_what_was_checked() throws Exception {
        serve("cities", SAME);
        serve("gateway", SAME);

        assertThat(verify()).isZero();
        assertThat(said())
                .contains(
                        "✔ cities     3 aggregates, 7 events: nothing differs",
                        "✔ gateway    3 aggregates, 7 events: nothing differs");
    }

    @Test
    void each_difference_is_named() throws Exception {
        serve("cities", SAME);
        serve("funding", OTHER);
        processes.add(entry("gateway", Ports.free()));

        assertThat(verify()).isEqualTo(1);
        assertThat(said()).contains("✘ funding    3 aggregates: 1 difference", "fund/f: It is stored with 2 events.");
    }

    @Test
    void whom_it_could_not_ask_is_no_proof() throws Exception {
        serve("cities", SAME);
        processes.add(entry("gateway", Ports.free()));

        assertThat(verify()).isEqualTo(2);
        assertThat(said()).contains("✘ gateway    could not be asked: ");
    }

    @Test
    void what_went_on_too_fast_to_be_compared_is_no_proof() throws Exception {
        serve("cities", SAME);
        serve("gateway", MOVED_ON);

        assertThat(verify()).isEqualTo(2);
        assertThat(said())
                .contains("not compared: fund/f: It went on from 2 to 3.", "✘ gateway    3 aggregates: 1 not compared");
    }

    @Test
    void one_copy_answers_for_a_service_and_each_gateway_for_itself() throws Exception {
        serve("cities", SAME);
        serve("cities-2", OTHER);
        serve("gateway", SAME);
        serve("gateway-2", OTHER);

        assertThat(verify()).isEqualTo(1);
        assertThat(said()).doesNotContain("cities-2").contains("✘ gateway-2");
    }

    @Test
    void without_an_operator_nobody_is_asked() throws Exception {
        processes.clear();
        serve("cities", SAME);

        assertThat(verify()).isEqualTo(2);
        assertThat(said())
                .isEqualTo("Nobody could be asked, for there is no token of an operator: no identity"
                        + " provider runs\n");
    }
}
