package koinon.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class AsyncHandoverFilterTest {

    @Test
    void a_stream_is_written_when_whoever_took_the_request_has_left_the_filters() throws Exception {
        var request = new MockHttpServletRequest("GET", StreamController.PATH);
        Queue<String> written = new ConcurrentLinkedQueue<>();
        var writing = new AtomicReference<Thread>();
        new AsyncHandoverFilter().doFilter(request, new MockHttpServletResponse(), (_, _) -> {
            writing.set(Thread.ofVirtual().start(() -> {
                try {
                    AsyncHandoverFilter.of(request).await();
                    written.add("written");
                } catch (Exception e) {
                    written.add(e.toString());
                }
            }));
            pause();
            written.add("headers on the way out");
        });
        writing.get().join();
        assertThat(written).containsExactly("headers on the way out", "written");
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
