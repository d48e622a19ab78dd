package koinon.http.connection;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/// Closes the connection of a request that is answered before its body has been read. Tomcat would wait for the
/// rest of the body with the thread of the request.
public final class UnreadBodyValve extends ValveBase {

    private static final String CLOSE = UnreadBodyValve.class.getName();

    UnreadBodyValve() {
        super(true);
    }

    /// Reads nothing more of this request, where the process is at the edge; for an answer that is given
    /// asynchronously, before it is complete.
    public static void closeUnread(ServletRequest request) {
        if (request.getAttribute(CLOSE) instanceof Runnable close) close.run();
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        request.setAttribute(CLOSE, (Runnable) () -> close(request));
        try {
            getNext().invoke(request, response);
        } finally {
            if (!request.isAsync()) close(request);
        }
    }

    private static void close(Request request) {
        org.apache.coyote.Request coyote = request.getCoyoteRequest();
        var isRead = new AtomicBoolean();
        coyote.action(ActionCode.REQUEST_BODY_FULLY_READ, isRead);
        if (isRead.get()) return;
        coyote.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        // Tomcat takes this for an error that nobody has reported, and would ask the application for an error page.
        request.getResponse().setErrorReported();
    }
}
