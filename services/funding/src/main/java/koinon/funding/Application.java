package koinon.funding;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// The funding service: funders, funds, agreements and the ledger.
@SpringBootApplication
class Application {

    static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }
}
