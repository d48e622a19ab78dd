package koinon.bench.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import koinon.bench.row.Figure;
import koinon.bench.row.Job;
import org.HdrHistogram.Histogram;

/// Opens streams of statuses, sends commands at an even pace, and says how long after its answer each command was
/// seen on each stream.
public final class StreamLoad implements Job<StreamLoad.Plan, StreamLoad.Result> {

    /// Stands before and after a command's number in what it writes.
    private static final byte MARK = '~';

    private static final int LANES = 8;

    /// @param path of the streams
    /// @param streams how many are open, all of everything
    /// @param commands each is sent in its turn; it writes `~{n}~` into what the stream shows
    /// @param pid of the gateway
    public record Plan(
            URI gateway,
            String path,
            String token,
            int streams,
            List<Request> commands,
            int perSecond,
            int warmUp,
            int seconds,
            long pid) {}

    /// @param seen how long after its answer a command was seen; at once when it was seen before
    /// @param expected how often something should have been seen
    /// @param heapOfStreams bytes that the heap of the gateway grew by when they were opened
    public record Result(Latencies seen, long expected, long heapOfStreams) {

        public Figure delivered() {
            return new Figure(100.0 * seen.count() / expected, "%");
        }
    }

    private record Seen(int number, long at) {}

    @Override
    public Result on(Plan plan) throws Exception {
        int first = plan.warmUp() * plan.perSecond();
        int last = first + plan.seconds() * plan.perSecond();
        var answered = new AtomicLongArray(last);
        var readers = new ArrayList<Reader>();
        long heap = UsedHeap.of(plan.pid());
        for (int stream = 0; stream < plan.streams(); stream++) readers.add(new Reader(plan));
        for (Reader reader : readers) reader.start();
        heap = UsedHeap.of(plan.pid()) - heap;
        send(plan, last, answered);
        Thread.sleep(Duration.ofSeconds(2));
        var latencies = new Histogram(3);
        for (Reader reader : readers)
            for (Seen seen : reader.stop())
                if (seen.number() >= first && seen.number() < last)
                    latencies.recordValue(Math.max(0, seen.at() - answered.get(seen.number())));
        return new Result(Latencies.of(latencies), (long) (last - first) * plan.streams(), heap);
    }

    private static void send(Plan plan, int last, AtomicLongArray answered) throws InterruptedException {
        long begin = System.nanoTime();
        var lanes = new ArrayList<Thread>();
        for (int lane = 0; lane < LANES; lane++) {
            int from = lane;
            lanes.add(Thread.ofPlatform().start(() -> {
                try (var connection = new Connection(plan.gateway())) {
                    for (int number = from; number < last; number += LANES) {
                        long due = begin + (long) (number * 1e9 / plan.perSecond());
                        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime())
                            LockSupport.parkNanos(left);
                        Request command =
                                plan.commands().get(number % plan.commands().size());
                        connection.send(command, number, "*");
                        Connection.Head head = connection.head();
                        connection.skipBody(head);
                        answered.set(number, System.nanoTime());
                        if (head.status() >= 300) throw new IOException("A command was answered " + head.status());
                    }
                } catch (IOException e) {
                    e.printStackTrace();
                    System.exit(1);
                }
            }));
        }
        for (Thread lane : lanes) lane.join();
    }

    /// Reads one stream.
    private static final class Reader {

        private final Connection connection;
        private final List<Seen> seen = new ArrayList<>();
        private final Thread thread = Thread.ofPlatform().unstarted(this::read);

        Reader(Plan plan) throws IOException {
            connection = new Connection(plan.gateway());
            connection.send(Request.get(plan.path()).as(plan.token()).with("Accept", "text/event-stream"), 0, "*");
            Connection.Head head = connection.head();
            if (head.status() != 200) throw new IOException("A stream was answered " + head.status());
        }

        void start() {
            thread.start();
        }

        List<Seen> stop() throws InterruptedException, IOException {
            connection.close();
            thread.join();
            return seen;
        }

        private void read() {
            try {
                int number = -1;
                while (true) {
                    byte[] piece = connection.nextChunk();
                    long now = System.nanoTime();
                    for (byte it : piece) {
                        if (it == MARK && number < 0) number = 0;
                        else if (it == MARK) {
                            seen.add(new Seen(number, now));
                            number = -1;
                        } else if (number >= 0) number = it >= '0' && it <= '9' ? number * 10 + it - '0' : -1;
                    }
                }
            } catch (IOException _) {
                // It was closed.
            }
        }
    }
}
