package koinon.bench.tally;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import koinon.eventing.document.Aggregates;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.json.JsonMapper;

/// The service: `<port> <setting>...`. At its port it takes a [TallyLoad] and answers with what came of it; the
/// settings are those of every service.
@SpringBootApplication
public class TallyService {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public static void main(String... arguments) throws IOException {
        String[] settings = Stream.concat(
                        Stream.of("--spring.config.import=classpath:koinon-defaults.yaml", "--server.port=0"),
                        Stream.of(arguments).skip(1))
                .toArray(String[]::new);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(TallyService.class).run(settings);
        var loads = new TallyLoadRunner(
                context.getBean(Aggregates.class),
                context.getBean(MongoTemplate.class),
                context.getEnvironment().getRequiredProperty("spring.kafka.bootstrap-servers"),
                TallyTopics.raw(context.getEnvironment().getRequiredProperty("spring.application.name")));
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 0);
        server.createContext("/", exchange -> answer(exchange, loads));
        server.start();
    }

    private static void answer(HttpExchange exchange, TallyLoadRunner loads) throws IOException {
        try (exchange) {
            byte[] answer = JSON.writeValueAsBytes(
                    loads.run(JSON.readValue(exchange.getRequestBody().readAllBytes(), TallyLoad.class)));
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException | ExecutionException e) {
            System.err.println(e);
            exchange.sendResponseHeaders(500, -1);
        }
    }
}
