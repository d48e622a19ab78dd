package koinon.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {

    private final ResponseReader reader = new ResponseReader();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nETag: \"7\"\r\nContent-Length: 5\r\n\r\nab\r\nc",
                "HTTP/1.1 200 OK\r\netag: \"7\"\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na\nb\r\n2;x\r\ncd\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nETag: \"7\"\r\nContent-Length: 0\r\n\r\n"
            })
    void a_response_ends_where_it_ends_however_its_bytes_arrive(String response) throws IOException {
        byte[] bytes = (response + response).getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer both = ByteBuffer.wrap(bytes);
        assertThat(reader.read(both)).isTrue();
        assertThat(both.position()).isEqualTo(response.length());
        assertThat(reader.read(both)).isTrue();
        assertThat(both.hasRemaining()).isFalse();

        for (int at = 0; at < bytes.length; at++)
            assertThat(reader.read(ByteBuffer.wrap(bytes, at, 1)))
                    .as("after byte %s", at)
                    .isEqualTo(at == response.length() - 1 || at == bytes.length - 1);
        assertThat(reader.status()).isEqualTo(200);
        assertThat(reader.etag()).isEqualTo("\"7\"");
        assertThat(reader.isClosing()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"304 Not Modified\r\nContent-Length: 9", "204 No Content\r\nX: y"})
    void a_response_without_a_body_ends_with_its_head(String head) throws IOException {
        String response = "HTTP/1.1 " + head + "\r\nConnection: close\r\n\r\n";
        assertThat(reader.read(ByteBuffer.wrap(response.getBytes(StandardCharsets.ISO_8859_1))))
                .isTrue();
        assertThat(reader.isClosing()).isTrue();
    }
}
