package koinon.funding;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// The process that keeps the money: who pays what to whom, and why.
@SpringBootApplication
class Application {

    static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }
}
