package koinon.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

class MediaTypesTest extends OverHttp {

    private static final List<String> NOT_TAKEN = List.of(
            "application/xml",
            "text/html",
            "image/*",
            "%%%",
            "*/*;q=x",
            "application/json;charset=utf-16",
            "application/json;q=0",
            "application/json;q=0, application/problem+json;q=0, */*",
            "*/*;q=0");

    private static final List<String> TAKEN = List.of(
            "application/json",
            "application/json;charset=utf-8",
            "application/*",
            "*/*",
            "text/html, */*;q=0.1",
            "application/problem+json",
            "");

    @Autowired
    private RequestMappingHandlerAdapter adapter;

    @Test
    void no_library_brings_a_second_reader() {
        assertThat(adapter.getMessageConverters())
                .<Class<?>>extracting(Object::getClass)
                .containsExactly(
                        ByteArrayHttpMessageConverter.class,
                        StringHttpMessageConverter.class,
                        CommandBodyConverter.class);
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
    void another_format_reaches_its_reader_in_whatever_encoding_it_is() throws Exception {
        for (var type : List.of("text/csv", "text/csv;charset=UTF-8"))
            for (var encoding : List.of(StandardCharsets.UTF_16, StandardCharsets.ISO_8859_1))
                assertThat(sent("/things/csv", type, "name\né".getBytes(encoding)))
                        .isEqualTo(200);
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

    @Test
    void a_body_that_nobody_reads_and_one_that_is_not_there_are_judged_like_any_other() throws Exception {
        assertThat(sent("/things/acting?scope=house/1", "application/json", new byte[] {'"', (byte) 0xe9, '"'}))
                .isEqualTo(415);
        assertThat(sent("/things/acting?scope=house/1", "application/yaml", new byte[0]))
                .isEqualTo(415);
    }

    @Test
    void a_command_whose_answer_would_not_be_taken_is_not_done() throws Exception {
        int before = Things.DONE.get();
        for (String it : NOT_TAKEN) assertProblem(asking(it), 406, "not-acceptable");
        assertThat(Things.DONE).hasValue(before);
    }

    @Test
    void what_was_done_is_answered_in_json_and_is_never_called_a_problem() throws Exception {
        for (String it : TAKEN) {
            var answer = asking(it);
            assertThat(answer.statusCode()).as(it).isEqualTo(201);
            assertThat(answer.headers().firstValue("Content-Type")).as(it).contains("application/json");
        }
        var read = send(to("/things/open/a").header("Accept", "application/problem+json"));
        assertThat(read.headers().firstValue("Content-Type")).contains("application/json");
    }

    private HttpResponse<String> asking(String accepted) throws Exception {
        return send(request("/things")
                .header("Accept", accepted)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(GOOD)));
    }

    private int sent(String path, String type, byte[] body) throws Exception {
        return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)))
                .statusCode();
    }
}
