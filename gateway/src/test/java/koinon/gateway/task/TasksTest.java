package koinon.gateway.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;
import koinon.eventing.actor.Right;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.topic.PartitionIndex;
import koinon.eventing.value.Money;
import koinon.gateway.EventStories;
import koinon.gateway.audience.Contracts;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.status.Statuses;
import koinon.http.page.Page.Wanted;
import org.junit.jupiter.api.Test;

/// What waits for a person, over all its mandates, and what the person waits for.
class TasksTest {

    private static final PartitionIndex PARTITION_INDEX =
            new PartitionIndex(List.of("koinon.cities", "koinon.projects", "koinon.funding"));

    private final CurrentReadModel current = new CurrentReadModel(PARTITION_INDEX, new SimpleMeterRegistry());

    private static Actor holds(String... rights) {
        return person("somebody-else", rights);
    }

    private static Actor person(String id, String... rights) {
        return new Actor(
                id,
                Stream.of(rights)
                        .map(Right::of)
                        .map(it -> new Mandate(it.toString(), it.role(), it.scope(), null, null, null))
                        .toList(),
                null,
                null,
                Instant.EPOCH);
    }

    private Tasks tasks(EventStories stories, String at) {
        stories.messages().forEach(current.readModel()::accept);
        Clock clock = Clock.fixed(Instant.parse(at), ZoneOffset.UTC);
        return new Tasks(new Statuses(current, Contracts.published(), clock), current, Contracts.published(), clock);
    }

    private static Task.Page page(Tasks tasks, Actor actor, boolean mine) {
        return tasks.page(actor, mine, new Wanted(null, 50));
    }

    private static List<String> names(Task.Page page) {
        return page.items().stream()
                .map(it -> it.action().action() + " " + it.action().subject())
                .toList();
    }

    @Test
    void a_city_is_asked_for_what_its_own_mandates_allow_and_waits_for_what_others_owe() {
        Tasks tasks = tasks(EventStories.none().cities().call().draft().partners(), "2026-03-02T00:00:00Z");
        Actor bangkok = holds("city-signatory@city/th-bangkok");

        assertThat(names(page(tasks, bangkok, true))).containsExactly("partner.commit partner/th-bangkok");
        assertThat(names(page(tasks, bangkok, false)))
                .contains("partner.commit partner/vn-hanoi")
                .doesNotContain("partner.commit partner/th-bangkok");
    }

    @Test
    void all_mandates_of_a_person_count() {
        Tasks tasks = tasks(EventStories.none().cities().call().draft().partners(), "2026-03-02T00:00:00Z");

        assertThat(names(page(tasks, holds("city-signatory@city/th-bangkok", "city-signatory@city/vn-hanoi"), true)))
                .contains("partner.commit partner/th-bangkok", "partner.commit partner/vn-hanoi");
    }

    @Test
    void who_takes_no_part_and_who_is_not_logged_in_have_nothing_to_do() {
        Tasks tasks = tasks(EventStories.active(), "2026-03-02T00:00:00Z");

        assertThat(page(tasks, holds("city-editor@city/jp-kobe"), true).items()).isEmpty();
        assertThat(page(tasks, holds("city-editor@city/jp-kobe"), false).items())
                .isEmpty();
        assertThat(page(tasks, holds(), true).items()).isEmpty();
        assertThat(page(tasks, holds(), false).items()).isEmpty();
    }

    @Test
    void what_is_late_comes_first_and_is_counted() {
        Tasks tasks = tasks(EventStories.active(), "2026-06-10T00:00:00Z");

        Task.Page page = page(tasks, holds("city-editor@city/vn-hanoi"), true);

        assertThat(names(page).getFirst()).isEqualTo("milestone.report milestone/ms1");
        assertThat(page.overdue()).isEqualTo(1);
        assertThat(page.count()).isEqualTo(page.items().size());
    }

    @Test
    void a_task_says_which_money_depends_on_it() {
        Tasks tasks = tasks(EventStories.active(), "2026-06-10T00:00:00Z");

        Task report =
                page(tasks, holds("city-editor@city/vn-hanoi"), true).items().getFirst();

        // A quarter of the second tranche of both agreements, by weight.
        assertThat(report.amounts()).containsExactly(Money.of("10500.00", "EUR"));
        assertThat(report.about().title()).isEqualTo("Routes");
        assertThat(report.about().kind()).isEqualTo("project");
    }

    @Test
    void a_city_sees_its_own_grant_in_a_draft_and_not_that_of_another() {
        Tasks tasks = tasks(EventStories.none().cities().call().draft().partners(), "2026-03-02T00:00:00Z");

        Task.Page own = page(tasks, holds("city-signatory@city/th-bangkok"), true);
        Task.Page others = page(tasks, holds("city-signatory@city/th-bangkok"), false);

        assertThat(own.items().getFirst().amounts()).containsExactly(Money.of("40000.00", "EUR"));
        assertThat(others.items().stream()
                        .filter(it -> "partner/vn-hanoi".equals(it.action().subject()))
                        .findFirst()
                        .orElseThrow()
                        .amounts())
                .isEmpty();
    }

    @Test
    void pages_continue_where_the_page_before_ended() {
        Tasks tasks = tasks(EventStories.none().cities().call().draft().partners(), "2026-03-02T00:00:00Z");
        Actor secretariat = holds("secretariat@network");
        List<String> all = names(page(tasks, secretariat, false));

        var read = new ArrayList<String>();
        Wanted wanted = new Wanted(null, 1);
        while (true) {
            Task.Page page = tasks.page(secretariat, false, wanted);
            read.addAll(names(page));
            if (page.next() == null) break;
            wanted = Wanted.parse(page.next(), "1", "");
        }

        assertThat(all).hasSizeGreaterThan(1);
        assertThat(read).isEqualTo(all);
    }

    @Test
    void what_is_no_next_of_a_page_is_refused() {
        Tasks tasks = tasks(EventStories.active(), "2026-06-10T00:00:00Z");

        for (String after : List.of("", "x", "1 x y", "99999999999999999999 1 x"))
            assertThatThrownBy(() -> tasks.page(holds("secretariat@network"), true, new Wanted(after, 10)))
                    .isInstanceOf(ValidationFailed.class);
    }
}
