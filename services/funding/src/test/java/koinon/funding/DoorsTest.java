package koinon.funding;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;
import koinon.testing.RealParts;
import koinon.testing.doors.Cast;
import koinon.testing.doors.Doors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Who passes which door of this service, as `infra/docs/access.md` says.
@RealParts(sharing = "funding")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class DoorsTest {

    private static final String MONEY = "{\"amount\":\"1.00\",\"currency\":\"EUR\"}";

    @LocalServerPort
    private int port;

    @TestFactory
    Stream<DynamicTest> each_door_opens_to_whom_the_table_says() {
        return doors().access();
    }

    @TestFactory
    Stream<DynamicTest> what_is_hidden_is_answered_as_if_it_were_not_there() {
        return doors().hidden();
    }

    @TestFactory
    Stream<DynamicTest> whatever_is_sent_is_answered_as_described() {
        return doors().input();
    }

    @TestFactory
    Stream<DynamicTest> what_the_schema_admits_is_not_refused_as_input() {
        return doors().admitted();
    }

    /// A fund, and an agreement of it whose advance is payable.
    private Doors doors() {
        Scene scene = Scene.at(port);
        String fund = scene.fundWith("200000.00");
        var project = Projects.answering(scene.call);
        String agreement = UUID.nameUUIDFromBytes((project.id + "/" + fund).getBytes(StandardCharsets.UTF_8))
                .toString();
        project.selected(1, fund);
        scene.awaitState(agreement, "RESERVED");
        project.approved(1);
        scene.inForce(agreement);
        project.started();
        scene.awaitTranche(agreement, "advance", "PAYABLE");
        return Doors.of("funding", port, new Cast("vn-hanoi", "ph-cebu-city", scene.funder))
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
