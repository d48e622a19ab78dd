package koinon.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is the same request, and what is another.
class KeysByValueTest extends OverHttp {

    private static final String PATH = "/things/command";
    private static final String BODY = "{\"a\":1.50,\"b\":[\"\u00e9\",null,true,{\"c\":100,\"d\":\"x\"}]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"b\":[\"\u00e9\",null,true,{\"d\":\"x\",\"c\":100}],\"a\":1.50}",
                " { \"a\" : 1.5 , \"b\":[\"\u00e9\", null, true, {\"c\":100,\"d\":\"x\"}] } ",
                "{\"a\":15e-1,\"b\":[\"e\u0301\",null,true,{\"c\":1e2,\"d\":\"x\"}]}",
                "{\"a\":1.500,\"b\":[\"\\u00e9\",null,true,{\"c\":100.0,\"d\":\"\\u0078\"}]}"
            })
    void the_same_request_is_one_however_its_body_is_written(String body) throws Exception {
        assertThat(digest(PATH, body)).isEqualTo(digest(PATH, BODY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1.51,\"b\":[\"\u00e9\",null,true,{\"c\":100,\"d\":\"x\"}]}",
                "{\"a\":\"1.50\",\"b\":[\"\u00e9\",null,true,{\"c\":100,\"d\":\"x\"}]}",
                "{\"a\":1.50,\"b\":[null,\"\u00e9\",true,{\"c\":100,\"d\":\"x\"}]}",
                "{\"a\":1.50,\"b\":[\"\u00e9\",null,\"true\",{\"c\":100,\"d\":\"x\"}]}",
                "{\"a\":1.50,\"b\":[\"\u00e9\",null,true,{\"c\":100,\"d\":\"x\",\"e\":null}]}",
                "{\"a\":1.50,\"b\":[\"e\",null,true,{\"c\":100,\"d\":\"x\"}]}",
                "{\"a\":1.50,\"b\":[\"\u00e9\",null,true],\"c\":100,\"d\":\"x\"}"
            })
    void another_value_is_another_request(String body) throws Exception {
        assertThat(digest(PATH, body)).isNotEqualTo(digest(PATH, BODY));
    }

    @Test
    void a_name_twice_is_refused() throws Exception {
        var answer = send(keyed(PATH, "{\"a\":1,\"a\":1}"));

        assertProblem(answer, 400, "invalid");
    }

    @Test
    void the_query_counts_by_its_values_in_any_order() throws Exception {
        String one = digest(PATH + "?a=x%20y&b=2", BODY);

        assertThat(digest(PATH + "?b=2&a=x+y", BODY)).isEqualTo(one);
        assertThat(digest(PATH + "?b=2&%61=x%20y", BODY)).isEqualTo(one);
        assertThat(digest(PATH + "?a=x%20y&b=3", BODY)).isNotEqualTo(one);
        assertThat(digest(PATH + "?a=x%20y", BODY)).isNotEqualTo(one);
    }

    @Test
    void mandate_path_and_media_type_count() throws Exception {
        String one = digest(PATH, BODY);

        assertThat(digest("/things/c%6Fmmand", BODY)).isEqualTo(one);
        assertThat(digest(keyed(PATH, BODY).setHeader("Content-Type", "application/json;charset=utf-8")))
                .isEqualTo(one);
        assertThat(digest(keyed(PATH, BODY).header("Koinon-Mandate", "anna-1"))).isNotEqualTo(one);
        assertThat(digest(keyed(PATH, ""))).isNotEqualTo(one);
    }

    @Test
    void two_keys_are_none() throws Exception {
        assertProblem(send(keyed(PATH, BODY).header("Idempotency-Key", "another")), 400, "invalid");
    }

    private HttpRequest.Builder keyed(String path, String body) {
        return request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "one")
                .POST(BodyPublishers.ofString(body));
    }

    private String digest(String path, String body) throws Exception {
        return digest(keyed(path, body));
    }

    private static String digest(HttpRequest.Builder request) throws Exception {
        var answer = send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonPath.<String>read(answer.body(), "$.key").replaceFirst(".*digest=([^,\\]]*).*", "$1");
    }
}
