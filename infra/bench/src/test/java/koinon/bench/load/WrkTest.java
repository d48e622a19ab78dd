package koinon.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WrkTest {

    private static final String REPORT = """
            Running 3s test @ http://127.0.0.1:8080/api/v1/cities
              1 threads and 16 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     1.25ms    1.02ms  21.33ms   92.05%
                Req/Sec    13.51k     1.20k   15.01k    70.00%
              Latency Distribution
                 50%  980.00us
                 75%    1.60ms
                 90%    2.10ms
                 99%    5.06ms
              40512 requests in 3.01s, 100.00MB read
            Requests/sec:  13459.14
            Transfer/sec:     33.22MB
            """;

    @Test
    void its_report_gives_the_rate_and_the_latencies_in_milliseconds() throws IOException {
        assertThat(Wrk.window(REPORT))
                .isEqualTo(new HttpLoad.Window(13459.14, new Latencies(40512, 0.98, 5.06, 21.33), 0));
    }

    @Test
    void answers_that_are_errors_and_broken_connections_are_failures() throws IOException {
        String failures = "  Socket errors: connect 1, read 2, write 3, timeout 4\n  Non-2xx or 3xx responses: 100\n";

        assertThat(Wrk.window(REPORT + failures).failures()).isEqualTo(110);
    }

    @Test
    void another_report_is_quoted() {
        assertThatThrownBy(() -> Wrk.window("unable to connect"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unable to connect");
    }
}
