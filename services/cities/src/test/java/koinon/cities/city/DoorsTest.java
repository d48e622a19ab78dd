package koinon.cities.city;

import java.util.stream.Stream;
import koinon.testing.Api;
import koinon.testing.RealParts;
import koinon.testing.Tokens;
import koinon.testing.doors.Cast;
import koinon.testing.doors.Doors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Who passes which door of this service, as `infra/docs/access.md` says.
@RealParts(sharing = "cities")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class DoorsTest {

    @LocalServerPort
    private int port;

    @TestFactory
    Stream<DynamicTest> each_door_opens_to_whom_the_table_says() {
        return doors().access();
    }

    @TestFactory
    Stream<DynamicTest> whatever_is_sent_is_answered_as_described() {
        return doors().input();
    }

    @TestFactory
    Stream<DynamicTest> what_the_schema_admits_is_not_refused_as_input() {
        return doors().admitted();
    }

    /// A city that is a candidate.
    private Doors doors() {
        Api secretariat = Api.at(port).as(Tokens.person("secretary").mandate("secretariat", "network"));
        secretariat.post("/api/v1/cities", "{\"name\":\"Vinh\",\"country\":\"VN\"}");
        return Doors.of("cities", port, new Cast("vn-vinh", "th-bangkok", "xm-dac-41304"))
                .where("/cities/{id}", "/cities/vn-vinh")
                .sending("POST /api/v1/cities", "{\"name\":\"Pleiku\",\"country\":\"VN\"}")
                .sending("POST /api/v1/cities/{id}/designation", "{\"field\":\"Music\",\"year\":2023}")
                .sending("POST /api/v1/cities/{id}/field-change", "{\"field\":\"Film\"}")
                .sending("POST /api/v1/cities/imports", "name,country_alpha2,creative_field\nKon Tum,VN,Design\n");
    }
}
