package koinon.bench.reference;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/// A Spring Cloud Gateway with one route and nothing else: `<port> <where everything goes to>`.
@SpringBootConfiguration
@EnableAutoConfiguration
public class PlainGateway {

    public static void main(String... arguments) {
        SpringApplication.run(
                PlainGateway.class,
                "--server.address=127.0.0.1",
                "--server.port=" + arguments[0],
                "--server.tomcat.max-keep-alive-requests=10000",
                "--spring.http.clients.connect-timeout=500ms",
                "--spring.http.clients.read-timeout=30s",
                "--spring.cloud.gateway.server.webmvc.routes[0].id=all",
                "--spring.cloud.gateway.server.webmvc.routes[0].uri=" + arguments[1],
                "--spring.cloud.gateway.server.webmvc.routes[0].predicates[0]=Path=/**");
    }
}
