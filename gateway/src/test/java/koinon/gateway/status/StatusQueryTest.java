package koinon.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import koinon.eventing.topic.OffsetVector;
import koinon.gateway.EventStories;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Contracts;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.readmodel.ReadModel;
import koinon.testing.time.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusQueryTest {

    private static final Caller NETWORK = new Caller(Set.of(), true);

    private static final String WITHOUT_A_WEIGHT = "{'title':'T','call':'c1','currency':'EUR','lead':'vn-hanoi',"
            + "'milestones':[{'id':'ms1','title':'Opening','due':'2028-06-01'}]}";

    private final CurrentReadModel currentReadModel =
            new CurrentReadModel(StatusRulesTest.PARTITION_INDEX, new SimpleMeterRegistry());
    private final TestClock clock = new TestClock();
    private final Statuses statuses = new Statuses(currentReadModel, Contracts.published(), clock);
    private final EventStories stories = EventStories.active();

    StatusQueryTest() {
        clock.set(Instant.parse("2026-03-25T00:00:00Z"));
        for (int i = 0; i < 25; i++)
            stories.happens(
                    "proposal/d" + i,
                    "proposal.drafted",
                    "{'call':'c" + i % 3 + "','lead':'vn-hanoi','title':'Draft " + (char) ('z' - i) + "'}");
        hear();
    }

    private void hear() {
        stories.messages().forEach(currentReadModel.readModel()::accept);
    }

    private List<String> shownTo(Caller caller, @Nullable String city, @Nullable String funder) {
        var query = new StatusQuery(null, null, city, funder, null, StatusQuery.Sort.UPDATED, null, 10);
        return query.of(statuses.entries(query, caller), caller).items().stream()
                .map(StatusQuery.ListItem::id)
                .toList();
    }

    private List<String> pages(StatusQuery.Sort sort, @Nullable String call, @Nullable String city, int size) {
        var ids = new ArrayList<String>();
        @Nullable String after = null;
        do {
            var query = new StatusQuery(null, call, city, null, null, sort, after, size);
            var page = query.of(statuses.entries(query, NETWORK), NETWORK);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(size);
            page.items().forEach(it -> ids.add(it.id()));
            after = page.next();
        } while (after != null);
        return ids;
    }

    @ParameterizedTest
    @EnumSource(StatusQuery.Sort.class)
    void pages_of_any_size_together_are_the_whole_list_in_its_order(StatusQuery.Sort sort) {
        List<String> whole = pages(sort, null, null, 200);
        assertThat(whole).hasSize(26).doesNotHaveDuplicates();
        assertThat(pages(sort, null, null, 1)).isEqualTo(whole);
        assertThat(pages(sort, null, null, 7)).isEqualTo(whole);
    }

    @Test
    void what_is_due_first_what_changed_last_and_what_fares_worst_come_first() {
        assertThat(pages(StatusQuery.Sort.UPDATED, null, null, 3)).startsWith("d24", "d23", "d22");
        assertThat(pages(StatusQuery.Sort.TITLE, null, null, 3))
                .startsWith("d24", "d23")
                .endsWith("p1");
        assertThat(pages(StatusQuery.Sort.DEADLINE, null, null, 3)).startsWith("d1", "d10");
        assertThat(pages(StatusQuery.Sort.HEALTH, null, null, 3))
                .as("drafts of the call that closes soon")
                .startsWith("d1", "d10", "d13", "d16");
    }

    @Test
    void what_changes_after_a_list_is_in_its_place_in_the_next() {
        pages(StatusQuery.Sort.TITLE, null, null, 3);
        stories.happens("proposal/new", "proposal.drafted", "{'call':'c1','lead':'vn-hanoi','title':'A new one'}")
                .happens("proposal/d24", "proposal.withdrawn", "{'reason':'None.'}")
                .happens(
                        "proposal/d0",
                        "proposal.summary-changed",
                        "{'title':'About to be first','summary':'','themes':[],'sdgs':[],'startsOn':null,'endsOn':null}");
        hear();

        assertThat(pages(StatusQuery.Sort.TITLE, null, null, 3)).hasSize(27).startsWith("new", "d0", "d24");
        assertThat(pages(StatusQuery.Sort.UPDATED, null, null, 200)).hasSize(27).startsWith("d0", "d24", "new");
    }

    @Test
    void lists_of_a_new_read_model_contain_events_that_came_after_its_preparation() {
        List<String> before = pages(StatusQuery.Sort.TITLE, null, null, 200);
        ReadModel next = ReadModel.empty(StatusRulesTest.PARTITION_INDEX);
        stories.messages().forEach(next::accept);
        currentReadModel.prepare(next);
        assertThat(pages(StatusQuery.Sort.TITLE, null, null, 200)).isEqualTo(before);
        stories.happens("proposal/new", "proposal.drafted", "{'call':'c1','lead':'vn-hanoi','title':'A new one'}");
        stories.messages().forEach(next::accept);
        currentReadModel.answerFrom(next, Set.of());

        assertThat(pages(StatusQuery.Sort.TITLE, null, null, 200)).hasSize(27).startsWith("new");
    }

    @Test
    void changes_by_the_clock_during_the_preparation_of_a_read_model_are_reported() {
        var changedByClock = new ArrayList<String>();
        statuses.listen(new Statuses.Listener() {
            @Override
            public void changed(Set<String> projects, OffsetVector upTo) {}

            @Override
            public void changedByClock(String project) {
                changedByClock.add(project);
            }
        });
        statuses.tick();
        ReadModel next = ReadModel.empty(StatusRulesTest.PARTITION_INDEX);
        stories.messages().forEach(next::accept);
        clock.set(Instant.parse("2027-12-01T00:00:00Z"));
        currentReadModel.prepare(next);
        currentReadModel.answerFrom(next, Set.of());
        statuses.tick();

        assertThat(changedByClock).contains("p1");
    }

    @Test
    void what_the_clock_changes_is_in_its_place_too() {
        assertThat(pages(StatusQuery.Sort.HEALTH, null, null, 200)).startsWith("d1");
        clock.set(Instant.parse("2027-12-01T00:00:00Z"));

        assertThat(pages(StatusQuery.Sort.HEALTH, null, null, 200))
                .startsWith("p1")
                .hasSize(26);
    }

    @ParameterizedTest
    @EnumSource(StatusQuery.Sort.class)
    void a_list_of_one_phase_or_health_is_the_whole_list_without_the_others(StatusQuery.Sort sort) {
        stories.happens("proposal/d3", "proposal.withdrawn", "{'reason':'None.'}");
        hear();
        List<StatusQuery.ListItem> whole = items(null, null, sort, NETWORK);
        assertThat(whole).hasSize(26);
        for (StatusQuery.ListItem one : whole) {
            assertThat(items(one.phase(), null, sort, NETWORK))
                    .isEqualTo(whole.stream()
                            .filter(it -> it.phase().equals(one.phase()))
                            .toList());
            assertThat(items(null, one.health(), sort, NETWORK))
                    .isEqualTo(whole.stream()
                            .filter(it -> it.health() == one.health())
                            .toList());
        }
        assertThat(items(null, null, sort, Caller.ANYONE))
                .extracting(StatusQuery.ListItem::id)
                .containsExactly("p1");
    }

    private List<StatusQuery.ListItem> items(
            @Nullable String phase, Status.Health.@Nullable Level health, StatusQuery.Sort sort, Caller caller) {
        var query = new StatusQuery(phase, null, null, null, health, sort, null, 200);
        return query.of(statuses.entries(query, caller), caller).items();
    }

    @Test
    void a_filter_finds_the_same_as_looking_at_every_project() {
        assertThat(pages(StatusQuery.Sort.UPDATED, "c2", null, 3)).hasSize(8).allMatch(it -> it.startsWith("d"));
        assertThat(pages(StatusQuery.Sort.UPDATED, null, "th-bangkok", 3)).containsExactly("p1");
        assertThat(pages(StatusQuery.Sort.UPDATED, null, "vn-hanoi", 3)).hasSize(26);
        var funders = new StatusQuery(null, null, null, "f1", null, StatusQuery.Sort.UPDATED, null, 10);
        assertThat(funders.of(statuses.entries(funders, NETWORK), NETWORK).items())
                .extracting(StatusQuery.ListItem::id)
                .containsExactly("p1");
    }

    @Test
    void a_project_that_no_status_can_be_made_of_is_said_and_all_others_are_listed() {
        assertThat(pages(StatusQuery.Sort.TITLE, null, null, 200)).contains("d3", "d4", "p1");
        stories.happens("proposal/d3", "proposal.summary-changed", "{'themes':[]}")
                .happens("proposal/d4", "proposal.withdrawn", "{'reason':'None.'}")
                .happens("project/p1", "project.created", "{'award':" + WITHOUT_A_WEIGHT + "}");
        hear();

        for (int i = 0; i < 3; i++)
            for (var sort : StatusQuery.Sort.values())
                assertThat(pages(sort, null, null, 200))
                        .hasSize(24)
                        .contains("d4")
                        .doesNotContain("d3", "p1");
        assertThat(pages(StatusQuery.Sort.TITLE, "c1", null, 200)).isNotEmpty().doesNotContain("p1");
        assertThat(statuses.find("p1")).isEmpty();
        assertThat(statuses.isConsistent("p1")).isTrue();
        assertThat(currentReadModel.readModel().unreadable()).containsOnlyKeys("project/d3", "project/p1");
        assertThat(currentReadModel.readModel().unread()).as("said once").isEqualTo(2);
    }

    @Test
    void a_filter_tells_nobody_what_they_are_not_shown() {
        var partner = new Caller(Set.of("city/th-bangkok"), false);
        assertThat(shownTo(Caller.ANYONE, "th-bangkok", null)).containsExactly("p1");
        assertThat(shownTo(Caller.ANYONE, null, "f1"))
                .as("anyone is shown no agreement")
                .isEmpty();
        assertThat(shownTo(new Caller(Set.of("funder/f9"), false), null, "f1")).isEmpty();
        assertThat(shownTo(partner, null, "f1")).containsExactly("p1");
    }
}
