package koinon.http.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import koinon.testing.time.Patience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// Heads that a proper client does not send.
@ExtendWith(OutputCaptureExtension.class)
class HeaderFilterTest extends OverHttp {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "If-None-Match",
                "If-Match",
                "Koinon-Mandate",
                "Idempotency-Key",
                "Content-Type",
                "Accept",
                "Last-Event-ID",
                "Authorization",
                "X-Whatever"
            })
    void a_value_that_is_not_ascii_is_400_and_names_the_header(String header, CapturedOutput output)
            throws IOException {
        for (String value : new String[] {"\u00d0\u009a", "Nu\u00e9-1", "\u0080", "\u00ff"})
            for (String request : new String[] {"GET /things/open/a", "POST /things"})
                assertThat(raw(request + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + header + ": " + value
                                + "\r\n\r\n"))
                        .startsWith("HTTP/1.1 400")
                        .contains("application/problem+json", header);
        assertThat(output).doesNotContain("Rejected");
    }

    @Test
    void who_asks_with_two_tokens_is_nobody() throws IOException {
        String authorization = "Authorization: " + ANNA.bearer() + "\r\n";
        assertThat(raw("GET /things HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + authorization + authorization
                        + "\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void a_request_without_a_version_is_refused_with_a_status() throws IOException {
        for (int n = 0; n < 20; n++)
            for (String it : new String[] {"GET /things/open/a", "GET /../x", "GET /things/open/a?%"})
                assertThat(raw(it + "\r\n"))
                        .as(it)
                        .startsWith("HTTP/1.1 505 ")
                        .contains("/problems/version-not-supported");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(Patience.millis());
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
