package koinon.gateway;

import koinon.gateway.audience.Contracts;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/// The gateway: it routes requests to the services and answers the status of every project from memory.
@SpringBootApplication
@ConfigurationPropertiesScan
public class Application {

    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }

    @Bean
    static Contracts contracts() {
        return Contracts.published();
    }
}
