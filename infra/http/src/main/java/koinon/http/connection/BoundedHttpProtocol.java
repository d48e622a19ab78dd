package koinon.http.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.util.NetMask;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/// Tomcat's HTTP/1.1 with two bounds that it lacks: connections of one client, and the time for a whole request
/// head (`connectionTimeout` bounds the time between two bytes).
public final class BoundedHttpProtocol extends Http11NioProtocol {

    private final Endpoint endpoint;
    private Duration head = Duration.ofSeconds(10);

    /// Tomcat makes it by its name.
    public BoundedHttpProtocol() {
        this(new Endpoint());
    }

    private BoundedHttpProtocol(Endpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /// @param perClient how many connections one client may hold
    /// @param unbounded the addresses of proxies, whose connections belong to many clients
    /// @param head the time from the first byte of a request to the end of its headers
    void bound(int perClient, List<NetMask> unbounded, Duration head) {
        endpoint.open = new ClientCounter(perClient, Integer.MAX_VALUE);
        endpoint.unbounded = List.copyOf(unbounded);
        this.head = head;
    }

    @Override
    protected Processor createProcessor() {
        return new HeadDeadline();
    }

    /// Is called whenever bytes of a head have come; Tomcat keeps the connection without a thread in between.
    private final class HeadDeadline extends Http11Processor {

        private @Nullable SocketWrapperBase<?> incomplete;
        private long deadline;

        HeadDeadline() {
            super(BoundedHttpProtocol.this, BoundedHttpProtocol.this.getAdapter());
        }

        @Override
        public Handler.SocketState service(SocketWrapperBase<?> socket) throws IOException {
            boolean first = !socket.equals(incomplete);
            if (!first && remaining() <= 0) {
                incomplete = null;
                return Handler.SocketState.CLOSED;
            }
            socket.setReadTimeout(getConnectionTimeout());
            Handler.SocketState state = super.service(socket);
            if (state != Handler.SocketState.LONG || isAsync()) {
                incomplete = null;
                return state;
            }
            if (first) deadline = System.nanoTime() + head.toNanos();
            incomplete = socket;
            socket.setReadTimeout(Math.max(1, remaining()));
            return state;
        }

        /// In milliseconds.
        private long remaining() {
            return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
    }

    /// Counts the connections of each client from their acceptance to their end.
    private static final class Endpoint extends NioEndpoint {

        private final Map<SocketChannel, String> clients = new ConcurrentHashMap<>();
        private volatile ClientCounter open = new ClientCounter(Integer.MAX_VALUE, Integer.MAX_VALUE);
        private volatile List<NetMask> unbounded = List.of();

        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            if (!enter(socket)) {
                // Tomcat would close only what it knows.
                destroySocket(socket);
                return false;
            }
            if (super.setSocketOptions(socket)) return true;
            leave(socket);
            return false;
        }

        private boolean enter(SocketChannel socket) {
            try {
                if (!(socket.getRemoteAddress() instanceof InetSocketAddress remote)) return false;
                InetAddress address = remote.getAddress();
                if (unbounded.stream().anyMatch(it -> it.matches(address))) return true;
                String client = ClientNetwork.of(address);
                if (!open.enter(client)) return false;
                clients.put(socket, client);
                return true;
            } catch (IOException _) {
                // It has been closed by the client.
                return false;
            }
        }

        private void leave(SocketChannel socket) {
            @Nullable String client = clients.remove(socket);
            if (client != null) open.leave(client);
        }

        @Override
        public void setHandler(Handler<NioChannel> handler) {
            super.setHandler(new Handler<>() {
                @Override
                public SocketState process(SocketWrapperBase<NioChannel> socket, SocketEvent event) {
                    return handler.process(socket, event);
                }

                @Override
                public Object getGlobal() {
                    return handler.getGlobal();
                }

                @Override
                public void release(SocketWrapperBase<NioChannel> socket) {
                    leave(socket.getSocket().getIOChannel());
                    handler.release(socket);
                }

                @Override
                public void pause() {
                    handler.pause();
                }

                @Override
                public void recycle() {
                    handler.recycle();
                }
            });
        }
    }
}
