package koinon.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    @Test
    void it_ends_when_four_windows_differ_by_five_percent_at_most() throws Exception {
        Iterator<Double> rates =
                List.of(100.0, 400.0, 900.0, 1000.0, 1020.0, 980.0, 1001.0).iterator();

        WarmUp warmUp = WarmUp.until(_ -> rates.next());

        assertThat(warmUp).isEqualTo(new WarmUp(21, true));
        assertThat(rates.hasNext()).isFalse();
    }

    @Test
    void a_rate_that_keeps_growing_is_measured_in_the_end_and_said_not_to_be_steady() throws Exception {
        Iterator<Double> rates = DoubleStream.iterate(100, it -> it * 1.1).iterator();

        assertThat(WarmUp.until(_ -> rates.next())).isEqualTo(new WarmUp(90, false));
    }
}
