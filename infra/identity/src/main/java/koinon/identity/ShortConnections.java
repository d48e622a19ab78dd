package koinon.identity;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint;

/// Tomcat's HTTP/1.1 with one request for each connection, which has to be there in time. Tomcat bounds only the
/// time between two bytes, so a head or a form that trickles would keep its connection for hours.
public final class ShortConnections extends Http11NioProtocol {

    private final Endpoint endpoint;

    /// Tomcat makes it by its name.
    public ShortConnections() {
        this(new Endpoint());
    }

    private ShortConnections(Endpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /// @param request the time from the beginning of a connection to the last byte of its request
    void bound(Duration request) {
        endpoint.request = request;
        setMaxKeepAliveRequests(1);
    }

    private static final class Endpoint extends NioEndpoint {

        private volatile Duration request = Duration.ofSeconds(10);

        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            if (!super.setSocketOptions(socket)) return false;
            var _ = getUtilityExecutor().schedule(() -> endRequest(socket), request.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        }

        /// Whoever reads sees the end of the request, and answers or closes as always. An answer under way is sent.
        private static void endRequest(SocketChannel socket) {
            try {
                if (socket.isOpen()) socket.shutdownInput();
            } catch (IOException _) {
                // It has been closed meanwhile.
            }
        }
    }
}
