package koinon.projects;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// The service of calls, proposals and projects.
@SpringBootApplication
class Application {

    static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }
}
