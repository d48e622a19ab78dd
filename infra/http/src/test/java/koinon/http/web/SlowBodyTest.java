package koinon.http.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import koinon.testing.http.Tokens;
import koinon.testing.time.Patience;
import koinon.testing.time.Race;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/// Heads and bodies that come slowly, at a server with four threads.
@DirtiesContext
@TestPropertySource(
        properties = {
            "koinon.connections.close-unread=true",
            "koinon.web.body-patience=2s",
            "koinon.web.bodies-per-caller=8",
            "koinon.connections.head=2s",
            "koinon.connections.per-client=64",
            "server.tomcat.threads.max=4"
        })
@ExtendWith(OutputCaptureExtension.class)
class SlowBodyTest extends OverHttp {

    private static final int MANY = 200;

    @Test
    void a_body_that_comes_in_pieces_is_the_same_request() throws Exception {
        var answers = new TreeSet<String>();
        String atOnce = exchange(head("/things/command", 7) + "{\"a\":1}");
        for (int n = 0; n < MANY; n++) {
            String answer;
            try (Socket socket = open()) {
                send(socket, head("/things/command", 7));
                if (n % 4 > 0) Thread.sleep(n % 4);
                send(socket, "{\"a\"");
                if (n % 3 > 0) Thread.sleep(n % 3);
                send(socket, ":1}");
                answer = read(socket);
            }
            answers.add(stable(answer));
        }
        assertThat(answers).containsExactly(stable(atOnce));
    }

    @Test
    void bodies_that_trickle_hold_no_thread() throws Exception {
        try (var trickling = new Connections()) {
            for (int n = 0; n < 40; n++) {
                String bearer = Tokens.person("slow-" + n / 8).bearer();
                send(trickling.open(), head("/things", bearer, "Content-Length: 50") + "{");
            }
            assertThat(exchange(get())).startsWith("HTTP/1.1 200");
            assertThat(exchange(head("/things/command", 7) + "{\"a\":1}")).startsWith("HTTP/1.1 200");
            for (Socket it : trickling.open) send(it, " ");
            assertThat(exchange(get())).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void a_body_has_one_deadline_however_steadily_it_trickles() throws Exception {
        List<String> framings = List.of("Content-Length: 1000", "Transfer-Encoding: chunked");
        Race.of(framings.size(), number -> {
            String framing = framings.get(number);
            try (Socket socket = open()) {
                send(socket, head("/things", ANNA_NOW, framing));
                long begin = System.nanoTime();
                assertThat(trickle(socket, framing.startsWith("T") ? "1\r\n \r\n" : " "))
                        .startsWith("HTTP/1.1 408")
                        .contains("Connection: close", "/problems/body-too-slow");
                return assertThat(Duration.ofNanos(System.nanoTime() - begin))
                        .isLessThan(Patience.latest(Duration.ofSeconds(8)));
            }
        });
    }

    @Test
    void one_caller_is_awaited_for_a_few_bodies_only() throws Exception {
        try (var trickling = new Connections()) {
            for (int n = 0; n < 40; n++) send(trickling.open(), head("/things", 50) + "{");
            List<String> answers = new ArrayList<>();
            for (Socket it : trickling.open) answers.add(read(it));
            assertThat(answers)
                    .filteredOn(it -> it.startsWith("HTTP/1.1 429"))
                    .isNotEmpty()
                    .allSatisfy(it -> assertThat(it)
                            .contains("Connection: close", "Retry-After: 1", "/problems/too-many-bodies"));
            assertThat(answers).anyMatch(it -> it.startsWith("HTTP/1.1 408"));
            // What comes with its head is not awaited.
            assertThat(exchange(head("/things/command", 7) + "{\"a\":1}")).startsWith("HTTP/1.1 200");
        }
        // Who has gone is not counted any more.
        await(() -> exchangeInPieces("/things/command", "{\"a\":1}"), it -> it.startsWith("HTTP/1.1 200"));
    }

    @Test
    void nothing_more_is_read_of_a_request_that_is_refused() throws Exception {
        List<String> refused = List.of(
                head("/things", "Bearer nonsense", "Content-Length: 1000000") + "{",
                head("/things", "Bearer nonsense", "Transfer-Encoding: chunked") + "1\r\n{\r\n",
                head("/things", ANNA_NOW, "Content-Length: 1000000") + "{",
                head("/things/open/a", "Basic YTpi", "Content-Length: 1000000") + "{",
                head("/things", "Bearer nonsense", "Content-Length: 1000000")
                                .replace("application/json", "application/x-www-form-urlencoded")
                        + "a",
                head("/things", "Bearer nonsense", "Content-Length: 1000000")
                                .replace("application/json", "multipart/form-data; boundary=x")
                        + "--x",
                head("/nowhere?=x", ANNA_NOW, "Content-Length: 1000000") + "a",
                head("/things", ANNA_NOW, "Content-Length: 1000000").replace("POST", "GET") + "a",
                head("/things", ANNA_NOW, "Content-Length: 1000000").replace("application/json", "*/*") + "a");
        for (String request : refused)
            for (int n = 0; n < 6; n++)
                assertThat(exchange(request)).startsWith("HTTP/1.1 4").contains("Connection: close");
    }

    @Test
    void a_body_in_wrong_chunks_is_400_and_one_that_is_too_large_413() throws Exception {
        for (String chunks : List.of("zz\r\n", "-1\r\n", "5\r\nabcdefgh\r\n0\r\n\r\n", "ffffffffff\r\n", "1;x\r\n\0\n"))
            assertThat(exchange(head("/things", ANNA_NOW, "Transfer-Encoding: chunked") + chunks))
                    .as(chunks)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json");
        assertThat(exchange(
                        head("/things", ANNA_NOW, "Transfer-Encoding: chunked") + "80000\r\n" + "x".repeat(0x80000)))
                .startsWith("HTTP/1.1 413");
    }

    @AfterEach
    void a_callers_mistake_is_no_failure_of_ours(CapturedOutput output) {
        assertThat(output).doesNotContain("ERROR", "WARN", "\tat ");
    }

    @Test
    void a_head_that_trickles_is_not_waited_for() throws Exception {
        try (Socket socket = open()) {
            send(socket, "GET /things HTTP/1.1\r\nHost: a\r\n");
            long begin = System.nanoTime();
            assertThat(trickle(socket, "X-A: b\r\n")).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Patience.latest(Duration.ofSeconds(8)));
        }
        try (Socket socket = open()) {
            send(socket, get().substring(0, 20));
            Thread.sleep(200);
            send(socket, get().substring(20));
            assertThat(read(socket)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void one_client_holds_so_many_connections_and_no_more() throws Exception {
        try (var connections = new Connections()) {
            for (int n = 0; n < 64; n++) send(connections.open(), "GET");
            await(() -> exchange(get()), String::isEmpty);
        }
        await(() -> exchange(get()), it -> it.startsWith("HTTP/1.1 200"));
    }

    private static String get() {
        return "GET /things HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: " + ANNA_NOW + "\r\n\r\n";
    }

    /// Sends the same again and again until there is an answer or an end.
    private static String trickle(Socket socket, String piece) throws Exception {
        socket.setSoTimeout(100);
        for (int n = 0; n < 200; n++) {
            try {
                send(socket, piece);
                int first = socket.getInputStream().read();
                return first < 0 ? "" : (char) first + read(socket);
            } catch (SocketTimeoutException _) {
                // Not yet.
            } catch (IOException _) {
                return "";
            }
        }
        return "still waiting";
    }

    private String exchangeInPieces(String path, String body) throws IOException {
        try (Socket socket = open()) {
            send(socket, head(path, ANNA_NOW, "Transfer-Encoding: chunked"));
            send(socket, Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
            return read(socket);
        }
    }

    private static String await(Callable<String> answer, Predicate<String> expected) throws Exception {
        return Awaitility.await().until(answer, expected);
    }

    private final class Connections implements AutoCloseable {

        private final List<Socket> open = new ArrayList<>();

        Socket open() throws IOException {
            Socket socket = SlowBodyTest.this.open();
            open.add(socket);
            return socket;
        }

        @Override
        public void close() throws IOException {
            for (Socket it : open) it.close();
        }
    }

    private static String stable(String answer) {
        return answer.replaceFirst(", arrived=-?[0-9]+", "")
                .replaceFirst("Date: .*\r\n", "")
                .replaceFirst("\"trace\":\"[^\"]*\"", "");
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = open()) {
            try {
                send(socket, request);
            } catch (SocketException _) {
                // Refused before all was sent: the answer may be there.
            }
            return read(socket);
        }
    }

    private static String head(String path, int length) {
        return head(path, ANNA_NOW, "Content-Length: " + length);
    }

    private static String head(String path, String bearer, String framing) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nIdempotency-Key: k\r\nAuthorization: "
                + bearer + "\r\nContent-Type: application/json\r\n" + framing + "\r\n\r\n";
    }

    private static final String ANNA_NOW = ANNA.bearer();

    private Socket open() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(Patience.millis());
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    /// All until the end, also where the end comes as a reset.
    private static String read(Socket socket) throws IOException {
        var all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketException _) {
            // What came before it counts.
        }
        return all.toString(UTF_8);
    }
}
