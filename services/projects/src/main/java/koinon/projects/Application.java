package koinon.projects;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/// The service of calls, proposals and projects. Bean names are qualified because packages have listeners of the
/// same name.
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
class Application {

    static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }
}
