package koinon.funding;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;
import koinon.testing.access.AccessFixture;
import koinon.testing.access.AccessMatrix;
import koinon.testing.infrastructure.IntegrationTest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.context.WebApplicationContext;

/// Checks which caller may use which endpoint, as `infra/docs/access.md` specifies.
@IntegrationTest(sharing = "funding")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AccessMatrixTest {

    private static final String MONEY = "{\"amount\":\"1.00\",\"currency\":\"EUR\"}";

    @LocalServerPort
    private int port;

    @Autowired
    private WebApplicationContext context;

    @TestFactory
    Stream<DynamicTest> each_line_of_the_access_table_holds() {
        return matrix().access();
    }

    @TestFactory
    Stream<DynamicTest> what_is_hidden_is_answered_as_if_it_were_not_there() {
        return matrix().hidden();
    }

    @TestFactory
    Stream<DynamicTest> whatever_is_sent_is_answered_as_described() {
        return matrix().input();
    }

    @TestFactory
    Stream<DynamicTest> what_the_schema_admits_is_not_refused_as_input() {
        return matrix().admitted();
    }

    /// The fixture is a fund with an agreement whose advance is payable.
    private AccessMatrix matrix() {
        FundingScenario scene = FundingScenario.at(port);
        String fund = scene.fundWith("200000.00");
        var project = ForeignProjects.answering(scene.call);
        String agreement = UUID.nameUUIDFromBytes((project.id + "/" + fund).getBytes(StandardCharsets.UTF_8))
                .toString();
        project.selected(1, fund);
        scene.awaitState(agreement, "RESERVED");
        project.approved(1);
        scene.inForce(agreement);
        project.started();
        scene.awaitTranche(agreement, "advance", "PAYABLE");
        return AccessMatrix.of("funding", context, new AccessFixture("vn-hanoi", "ph-cebu-city", scene.funder))
                .where("/funds/{id}", "/funds/" + fund)
                .where("/funders/{id}", "/funders/" + scene.funder)
                .where("/agreements/{id}", "/agreements/" + agreement)
                .where("{call}", scene.call)
                .where("{tranche}", "advance")
                .sending("POST /api/v1/funders", """
                        {"name":"Another","country":"FR","identifier":"XM-%s"}""".formatted(UUID.randomUUID()))
                .sending("POST /api/v1/funds", """
                        {"funder":"%s","name":"Another","currency":"EUR"}""".formatted(scene.funder))
                .sending("POST /api/v1/funds/{id}/envelope-increase", "{\"amount\":" + MONEY + ",\"reason\":\"More.\"}")
                .sending("POST /api/v1/funds/{id}/envelope-decrease", "{\"amount\":" + MONEY + ",\"reason\":\"Less.\"}")
                .sending("PUT /api/v1/funds/{id}/set-asides/{call}", "{\"amount\":" + MONEY + "}")
                .sending("POST /api/v1/agreements/{id}/tranches/{tranche}/payment", """
                        {"bankReference":"B-1","bookedOn":"2026-01-05","amount":%s}""".formatted(MONEY))
                .sending("POST /operations/dead-letters/replay", """
                        {"consumer":"funding.agreement.projects","subject":"proposal/none"}""");
    }
}
