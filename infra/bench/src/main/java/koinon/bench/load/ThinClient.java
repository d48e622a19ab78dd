package koinon.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import koinon.bench.row.Job;
import org.HdrHistogram.Histogram;

/// Keeps all connections busy with one thread.
public final class ThinClient implements Job<HttpLoad.Plan, HttpLoad.Result> {

    private final ByteBuffer received = ByteBuffer.allocateDirect(256 * 1024);
    private final List<Lane> lanes = new ArrayList<>();
    private final Histogram latencies = new Histogram(3);
    private final long begin = System.nanoTime();
    private long failures;

    @Override
    public HttpLoad.Result on(HttpLoad.Plan plan) throws IOException, InterruptedException {
        try (Selector selector = Selector.open()) {
            for (int number = 0; number < plan.connections(); number++) lanes.add(new Lane(plan, number, selector));
            WarmUp warmUp = WarmUp.until(seconds -> window(selector, seconds).perSecond());
            HttpLoad.Window counted = window(selector, plan.seconds());
            return new HttpLoad.Result(
                    counted.perSecond(), counted.latencies(), counted.failures(), "a client with 1 thread", warmUp);
        } finally {
            for (Lane lane : lanes) lane.channel.close();
        }
    }

    private HttpLoad.Window window(Selector selector, int seconds) throws IOException {
        latencies.reset();
        failures = 0;
        long start = System.nanoTime();
        long end = start + Duration.ofSeconds(seconds).toNanos();
        for (long now = start; now < end; now = System.nanoTime()) {
            long next = end;
            for (Lane lane : lanes) next = Math.min(next, lane.sendIfDue(now));
            // A selector waits for whole milliseconds.
            long millis = (next - now) / 1_000_000;
            if (millis == 0) selector.selectNow(ThinClient::receive);
            else selector.select(ThinClient::receive, millis);
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        return new HttpLoad.Window(latencies.getTotalCount() / elapsed, Latencies.of(latencies), failures);
    }

    private static void receive(SelectionKey key) {
        ((Lane) key.attachment()).receive();
    }

    /// One connection, which has sent a request or is about to.
    private final class Lane {

        private final HttpLoad.Plan plan;
        private final int number;
        private final Selector selector;
        private final List<Request> requests = new ArrayList<>();
        private final String[] etags;
        private ResponseReader reader = new ResponseReader();
        private SocketChannel channel;
        private boolean waiting;
        private long turn;
        private long due;

        Lane(HttpLoad.Plan plan, int number, Selector selector) throws IOException {
            this.plan = plan;
            this.number = number;
            this.selector = selector;
            for (int at = number % plan.requests().size(); at < plan.requests().size(); at += plan.connections())
                requests.add(plan.requests().get(at));
            etags = new String[requests.size()];
            Arrays.fill(etags, "*");
            channel = connect();
        }

        private SocketChannel connect() throws IOException {
            SocketChannel connected = SocketChannel.open(
                    new InetSocketAddress(plan.server().getHost(), plan.server().getPort()));
            connected.setOption(StandardSocketOptions.TCP_NODELAY, true);
            connected.configureBlocking(false);
            connected.register(selector, SelectionKey.OP_READ, this);
            return connected;
        }

        /// @return when the next request is due; the largest number while one is not answered
        long sendIfDue(long now) throws IOException {
            if (waiting) return Long.MAX_VALUE;
            due = plan.perSecond() == 0
                    ? now
                    : begin + (long) ((turn * plan.connections() + number) * 1e9 / plan.perSecond());
            if (due > now) return due;
            int which = which();
            ByteBuffer bytes = ByteBuffer.wrap(
                    requests.get(which).bytes(plan.server(), turn * plan.connections() + number, etags[which]));
            while (bytes.hasRemaining()) channel.write(bytes);
            waiting = true;
            return Long.MAX_VALUE;
        }

        private int which() {
            return (int) (turn % requests.size());
        }

        void receive() {
            try {
                received.clear();
                if (channel.read(received) < 0) throw new EOFException("The server has closed the connection");
                received.flip();
                if (!reader.read(received)) return;
                answered();
                sendIfDue(System.nanoTime());
            } catch (IOException _) {
                failures++;
                reconnect();
            }
        }

        private void answered() throws IOException {
            latencies.recordValue(System.nanoTime() - due);
            if (reader.status() < 200 || reader.status() >= 400) failures++;
            if (!reader.etag().isEmpty()) etags[which()] = reader.etag();
            waiting = false;
            turn++;
            if (!reader.isClosing()) return;
            channel.close();
            channel = connect();
        }

        private void reconnect() {
            try {
                channel.close();
                channel = connect();
                reader = new ResponseReader();
                waiting = false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
