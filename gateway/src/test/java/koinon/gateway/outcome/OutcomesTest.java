package koinon.gateway.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import koinon.eventing.topic.PartitionIndex;
import koinon.gateway.EventStories;
import koinon.gateway.audience.Audience;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.list.VisibleProjects;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.status.IndexEntry.ListItem;
import koinon.gateway.status.Status;
import koinon.gateway.status.Statuses;
import koinon.testing.time.TestClock;
import org.junit.jupiter.api.Test;

/// The trace from a gathering to money, and back, as each reader may see it.
class OutcomesTest {

    private static final PartitionIndex PARTITION_INDEX =
            new PartitionIndex(List.of("koinon.cities", "koinon.projects", "koinon.funding"));
    private static final Caller NETWORK = new Caller(Set.of(), true);
    private static final Caller MEMBER = new Caller(Set.of("city/jp-kobe"), false);
    private final CurrentReadModel current = new CurrentReadModel(PARTITION_INDEX, new SimpleMeterRegistry());
    private final Statuses statuses = new Statuses(current, Contracts.published(), new TestClock());
    private final VisibleProjects projects = new VisibleProjects(statuses, Contracts.published());

    /// A forum with two ideas; a draft takes up the first one.
    private static EventStories drafted() {
        return forum().draftFrom("idea", "i1");
    }

    private static EventStories forum() {
        return EventStories.none()
                .cities()
                .call()
                .happens(
                        "gathering/forum",
                        "gathering.announced",
                        "{'kind':'forum','title':{'text':'Forum','language':'en'},'city':'vn-hanoi','arrangements':"
                                + "{'days':{'first':'2026-02-01','last':'2026-02-02','zone':'Asia/Ho_Chi_Minh'}}}")
                .happens("gathering/forum", "gathering.session-planned", "{'session':{'id':'s1','title':'Places'}}")
                .happens("idea/i1", "idea.raised", idea("Craft routes", "vn-hanoi"))
                .happens("idea/i2", "idea.raised", idea("Film days", "th-bangkok"));
    }

    private static String idea(String title, String city) {
        return "{'title':'" + title + "','text':'x','city':'" + city
                + "','themes':[],'gathering':'forum','session':'s1'}";
    }

    private Outcome outcome(EventStories stories, Caller caller, String at) {
        stories.messages().forEach(current.readModel()::accept);
        return new Outcomes(current, projects, Clock.fixed(Instant.parse(at), ZoneOffset.UTC))
                .of("forum", caller)
                .orElseThrow();
    }

    private Outcome outcome(EventStories stories, Caller caller) {
        return outcome(stories, caller, "2026-03-02T00:00:00Z");
    }

    @Test
    void who_sees_everything_follows_an_idea_to_the_draft_that_takes_it_up() {
        Outcome all = outcome(drafted(), NETWORK);

        assertThat(all.ideas()).extracting(Outcome.Idea::title).containsExactly("Craft routes", "Film days");
        assertThat(all.ideas()).extracting(Outcome.Idea::session).containsOnly("Places");
        assertThat(all.ideas().getFirst().takenUp()).containsExactly("p1");
        assertThat(all.projects()).extracting(ListItem::id).containsExactly("p1");
    }

    @Test
    void a_member_that_takes_no_part_sees_the_ideas_and_not_the_draft() {
        Outcome some = outcome(drafted(), MEMBER);

        assertThat(some.ideas()).extracting(Outcome.Idea::id).containsExactly("i1", "i2");
        assertThat(some.ideas().getFirst().takenUp()).isEmpty();
        assertThat(some.projects()).isEmpty();
        assertThat(some.money()).isEmpty();
    }

    @Test
    void the_public_sees_the_gathering_alone_until_a_project_is_approved() {
        assertThat(outcome(drafted(), Caller.ANYONE).ideas()).isEmpty();
        assertThat(outcome(drafted(), Caller.ANYONE).projects()).isEmpty();
    }

    @Test
    void everybody_sees_an_idea_of_which_an_approved_project_came_with_its_money() {
        Outcome all = outcome(
                drafted().untilActive().advance("payable", "requested", "authorised", "sent", "paid"), Caller.ANYONE);

        assertThat(all.ideas()).extracting(Outcome.Idea::id).containsExactly("i1");
        assertThat(all.projects()).extracting(ListItem::id).containsExactly("p1");
        assertThat(all.money()).singleElement().satisfies(it -> {
            assertThat(it.committed()).hasToString("100000.00 EUR");
            assertThat(it.paid()).hasToString("35000.00 EUR");
            assertThat(it.payable()).isNull();
        });
    }

    @Test
    void a_project_names_the_idea_the_session_and_the_gathering_that_it_came_from() {
        outcome(drafted(), NETWORK);
        Status status = statuses.find("p1").orElseThrow().status();

        assertThat(status.origin())
                .isEqualTo(
                        new Status.Origin("idea", "i1", "Craft routes", new Status.Named("forum", "Forum"), "Places"));
    }

    @Test
    void a_funder_does_not_see_the_idea_of_a_proposal_before_it_is_approved() {
        Caller funds = new Caller(Set.of("funder/f1"), false);
        Outcome some = outcome(
                drafted()
                        .partners()
                        .committed()
                        .submitted()
                        .eligible()
                        .selected()
                        .reserved(),
                funds);
        assertThat(some.ideas()).isEmpty();
        assertThat(some.projects()).isEmpty();
        var rendered = statuses.find("p1").orElseThrow();
        Reader funder = new Reader(Audience.FUNDERS, Set.of("funder/f1"));
        Reader city = new Reader(Audience.PARTICIPANTS, Set.of("city/vn-hanoi"));

        assertThat(new String(rendered.rendering(funder).bytes(), UTF_8)).doesNotContain("\"origin\"");
        assertThat(new String(rendered.rendering(city).bytes(), UTF_8)).contains("\"origin\"");
    }

    @Test
    void a_gathering_that_nobody_confirmed_is_to_be_confirmed_from_the_end_of_its_last_day() {
        assertThat(outcome(drafted(), Caller.ANYONE, "2026-02-02T16:59:59Z").toBeConfirmed())
                .isFalse();
        assertThat(outcome(drafted(), Caller.ANYONE, "2026-02-02T17:00:00Z").toBeConfirmed())
                .isTrue();
        assertThat(outcome(drafted().happens("gathering/forum", "gathering.held", "{}"), Caller.ANYONE)
                        .toBeConfirmed())
                .isFalse();
    }

    @Test
    void there_is_no_outcome_of_what_is_no_gathering() {
        assertThat(new Outcomes(current, projects, new TestClock()).of("forum", NETWORK))
                .isEmpty();
    }
}
