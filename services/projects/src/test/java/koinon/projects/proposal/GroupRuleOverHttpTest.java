package koinon.projects.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.UUID;
import koinon.projects.ForeignEvents;
import koinon.projects.call.CallsOverHttpTest;
import org.junit.jupiter.api.Test;

/// A call whose partners are in a group, which is received from the topic of cities.
class GroupRuleOverHttpTest extends OverHttp {

    private final String group = "group-" + UUID.randomUUID();

    @Test
    void a_plan_is_judged_by_the_members_that_the_group_has_now() {
        ForeignEvents.group(group, 1, "group.registered", "\"VN\"");
        String call = CallsOverHttpTest.published(secretariat, terms(group));
        String body = "{\"call\":\"%s\",\"lead\":\"%s\",\"title\":\"Craft routes\"}".formatted(call, HANOI);
        String path = await().until(() -> hanoi.post("/api/v1/proposals", body), it -> it.status() == 201)
                .header("Location");

        assertThat(unmet(hanoi.get(path + "/readiness"))).doesNotContain("groups");
        accepted(path);
        assertThat(unmet(hanoi.get(path + "/readiness"))).contains("groups");
        assertThat(hanoi.get(path + "/readiness").body().toString())
                .contains("In no group that is admitted: Cebu City.");

        ForeignEvents.group(group, 2, "group.changed", "\"VN\",\"PH\"");
        await().untilAsserted(
                        () -> assertThat(unmet(hanoi.get(path + "/readiness"))).doesNotContain("groups"));
    }

    @Test
    void a_rule_names_only_groups_that_are_registered() {
        String id = secretariat.post("/api/v1/calls", "{\"title\":\"Crafts\"}").text("/id");

        await().untilAsserted(() -> assertThat(secretariat
                        .with("If-Match", "\"1\"")
                        .put("/api/v1/calls/" + id + "/terms", terms("none-" + group))
                        .violations())
                .containsExactly("/rules/0/admitted/0 There is no group none-" + group + "."));
    }

    private static String terms(String group) {
        return CallsOverHttpTest.terms()
                .replace("\"rules\":[", "\"rules\":[{\"kind\":\"groups\",\"admitted\":[\"" + group + "\"]},");
    }
}
