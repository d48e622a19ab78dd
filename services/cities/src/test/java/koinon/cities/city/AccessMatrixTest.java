package koinon.cities.city;

import java.util.stream.Stream;
import koinon.testing.access.AccessFixture;
import koinon.testing.access.AccessMatrix;
import koinon.testing.http.Api;
import koinon.testing.http.Tokens;
import koinon.testing.infrastructure.IntegrationTest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.context.WebApplicationContext;

/// Checks which caller may use which endpoint, as `infra/docs/access.md` specifies.
@IntegrationTest(sharing = "cities")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AccessMatrixTest {

    @LocalServerPort
    private int port;

    @Autowired
    private WebApplicationContext context;

    @TestFactory
    Stream<DynamicTest> each_line_of_the_access_table_holds() {
        return matrix().access();
    }

    @TestFactory
    Stream<DynamicTest> whatever_is_sent_is_answered_as_described() {
        return matrix().input();
    }

    @TestFactory
    Stream<DynamicTest> what_the_schema_admits_is_not_refused_as_input() {
        return matrix().admitted();
    }

    /// A candidate city is the fixture.
    private AccessMatrix matrix() {
        Api secretariat = Api.at(port).as(Tokens.person("secretary").mandate("secretariat", "network"));
        secretariat.post("/api/v1/cities", "{\"name\":\"Vinh\",\"country\":\"VN\"}");
        return AccessMatrix.of("cities", context, new AccessFixture("vn-vinh", "th-bangkok", "xm-dac-41304"))
                .where("/cities/{id}", "/cities/vn-vinh")
                .sending("POST /api/v1/cities", "{\"name\":\"Pleiku\",\"country\":\"VN\"}")
                .sending("POST /api/v1/cities/{id}/designation", "{\"field\":\"Music\",\"year\":2023}")
                .sending("POST /api/v1/cities/{id}/field-change", "{\"field\":\"Film\"}")
                .sending("POST /api/v1/cities/imports", "name,country_alpha2,creative_field\nKon Tum,VN,Design\n");
    }
}
