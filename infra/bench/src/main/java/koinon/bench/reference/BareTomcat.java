package koinon.bench.reference;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/// An embedded Tomcat that sends the same bytes to whoever asks: `<port> <file with the bytes>`.
public final class BareTomcat {

    private BareTomcat() {}

    public static void main(String... arguments) throws IOException, LifecycleException {
        byte[] bytes = Files.readAllBytes(Path.of(arguments[1]));
        var tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("bare-tomcat").toString());
        var connector = new Connector();
        connector.setPort(Integer.parseInt(arguments[0]));
        connector.setProperty("address", "127.0.0.1");
        // As the gateway has it: the default of 100 makes a busy client connect anew all the time.
        connector.setProperty("maxKeepAliveRequests", "10000");
        tomcat.setConnector(connector);
        var context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "bytes", new Sending(bytes));
        context.addServletMappingDecoded("/*", "bytes");
        tomcat.start();
        tomcat.getServer().await();
    }

    private static final class Sending extends HttpServlet {

        private static final long serialVersionUID = 1;

        private final byte[] bytes;

        Sending(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.setContentLength(bytes.length);
            response.setHeader("ETag", "\"the-same-as-always\"");
            response.getOutputStream().write(bytes);
        }
    }
}
