package koinon.gateway.published;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpPublishersTest {

    private static final String LINES = "{\"id\":\"city/a\",\"sequence\":2}\n{\"id\":\"city/b\",\"sequence\":1}\n";

    private final List<HttpServer> servers = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private URI token = URI.create("http://127.0.0.1:1");

    @BeforeEach
    void identity() throws IOException {
        token = serve("/oauth2/token", 200, "{\"access_token\":\"t\",\"expires_in\":3600}", 0)
                .resolve("/oauth2/token");
    }

    @AfterEach
    void stop() {
        servers.forEach(it -> it.stop(0));
    }

    /// @param missing number of bytes that are announced but not sent
    private URI serve(String path, int status, String body, int missing) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length + missing);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void ask(URI... copies) throws Publishers.Unavailable {
        new HttpPublishers(
                        Map.of("cities", List.of(copies)),
                        new PublisherSettings("gateway", "secret", token, Duration.ofMillis(1)),
                        Clock.systemUTC())
                .all("cities", it -> received.add(it.id()));
    }

    @Test
    void what_one_copy_breaks_off_another_one_tells_and_nothing_counts_twice() throws Exception {
        ask(
                serve("/operations/published", 200, LINES, 100),
                serve("/operations/published", 503, "", 0),
                serve("/operations/published", 200, LINES, 0));

        assertThat(received).containsExactly("city/a", "city/b");
    }

    @Test
    void when_no_copy_answers_nothing_counts_and_it_is_said_who_is_away() throws Exception {
        URI broken = serve("/operations/published", 200, LINES, 100);
        URI unreadable = serve("/operations/published", 200, LINES + "{", 0);

        assertThatThrownBy(() -> ask(broken))
                .isInstanceOf(Publishers.Unavailable.class)
                .hasMessageStartingWith("cities did not answer: ")
                .hasMessageNotContaining("null");
        assertThatThrownBy(() -> ask(unreadable)).hasMessageStartingWith("cities sent an answer that cannot be read: ");
        assertThatThrownBy(() -> ask(URI.create("http://127.0.0.1:1")))
                .hasMessageStartingWith("cities did not answer: ")
                .hasMessageNotContaining("null");
        assertThat(received).isEmpty();
    }
}
