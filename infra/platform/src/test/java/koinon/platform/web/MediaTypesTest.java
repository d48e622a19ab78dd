package koinon.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

class MediaTypesTest extends OverHttp {

    @Autowired
    private RequestMappingHandlerAdapter adapter;

    @Test
    void no_library_brings_a_second_reader() {
        assertThat(adapter.getMessageConverters())
                .<Class<?>>extracting(Object::getClass)
                .containsExactly(ByteArrayHttpMessageConverter.class, StringHttpMessageConverter.class, Commands.class);
    }

    @Test
    void a_body_is_json_in_utf_8_whether_it_is_read_or_not() throws Exception {
        for (var path : List.of("/things", "/things/acting?scope=house/1")) {
            for (var good : List.of("application/json", "application/json;charset=UTF-8", "Application/JSON"))
                assertThat(sent(path, good, GOOD.getBytes(StandardCharsets.UTF_8)))
                        .as(good)
                        .isLessThan(300);
            for (var bad : List.of("application/yaml", "application/merge-patch+json", "text/csv", "*/*", "x"))
                assertThat(sent(path, bad, GOOD.getBytes(StandardCharsets.UTF_8)))
                        .as(bad)
                        .isEqualTo(415);
        }
        assertThat(sent("/things", "application/json;charset=utf-16", GOOD.getBytes(StandardCharsets.UTF_16)))
                .isEqualTo(415);
        assertThat(sent("/things", "application/json;charset=utf-8", GOOD.getBytes(StandardCharsets.UTF_16)))
                .isEqualTo(415);
        for (var other : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.ISO_8859_1))
            assertThat(sent("/things", "application/json", "{\"title\":\"é\"}".getBytes(other)))
                    .isIn(400, 415);
    }

    @Test
    void what_is_refused_for_its_type_is_refused_before_anybody_is_asked_who_he_is() throws Exception {
        var answer =
                send(to("/things").header("Content-Type", "application/yaml").POST(BodyPublishers.ofString(GOOD)));

        assertProblem(answer, 415, "media-type");
        assertThat(answer.headers().firstValue("Accept")).contains("application/json");
        assertProblem(
                send(to("/things").header("Content-Encoding", "gzip").POST(BodyPublishers.noBody())),
                415,
                "media-type");
    }

    private int sent(String path, String type, byte[] body) throws Exception {
        return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)))
                .statusCode();
    }
}
