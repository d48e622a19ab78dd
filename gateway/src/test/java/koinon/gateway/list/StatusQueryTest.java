package koinon.gateway.list;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.PartitionIndex;
import koinon.gateway.EventStories;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Contracts;
import koinon.gateway.parameter.Parameters;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.readmodel.ReadModel;
import koinon.gateway.status.IndexEntry;
import koinon.gateway.status.IndexEntry.ListItem;
import koinon.gateway.status.Status;
import koinon.gateway.status.StatusIndex.Sort;
import koinon.gateway.status.Statuses;
import koinon.http.page.Page.Wanted;
import koinon.testing.time.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusQueryTest {

    private static final PartitionIndex PARTITION_INDEX =
            new PartitionIndex(List.of("koinon.cities", "koinon.projects", "koinon.funding"));
    private static final Caller NETWORK = new Caller(Set.of(), true);

    private static final String WITHOUT_A_WEIGHT = "{'title':'T','call':'c1','currency':'EUR','lead':'vn-hanoi',"
            + "'milestones':[{'id':'ms1','title':'Opening','due':'2028-06-01'}]}";

    private final CurrentReadModel currentReadModel = new CurrentReadModel(PARTITION_INDEX, new SimpleMeterRegistry());
    private final TestClock clock = new TestClock();
    private final Statuses statuses = new Statuses(currentReadModel, Contracts.published(), clock);
    private final VisibleProjects projects = new VisibleProjects(statuses, Contracts.published());
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

    private static Filters.Builder filtering() {
        return new Filters.Builder(new Parameters());
    }

    private void hear() {
        stories.messages().forEach(currentReadModel.readModel()::accept);
    }

    private List<String> shownTo(Caller caller, @Nullable String city, @Nullable String funder) {
        Filters filters = filtering().city(city).facet(Facet.FUNDER, funder).build();
        return shown(filters, caller);
    }

    private List<String> shown(Filters filters, Caller caller) {
        return page(filters, caller).items().stream().map(ListItem::id).toList();
    }

    private StatusQuery.Page page(Filters filters, Caller caller) {
        return projects.page(new StatusQuery(filters, Sort.UPDATED, null, 10), caller);
    }

    private List<String> pages(Sort sort, @Nullable String call, @Nullable String city, int size) {
        var ids = new ArrayList<String>();
        @Nullable String after = null;
        do {
            Filters filters = filtering().facet(Facet.CALL, call).city(city).build();
            var wanted = Wanted.parse(after, String.valueOf(size), "");
            var page = projects.page(new StatusQuery(filters, sort, wanted), NETWORK);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(size);
            page.items().forEach(it -> ids.add(it.id()));
            after = page.next();
        } while (after != null);
        return ids;
    }

    @ParameterizedTest
    @EnumSource(Sort.class)
    void pages_of_any_size_together_are_the_whole_list_in_its_order(Sort sort) {
        List<String> whole = pages(sort, null, null, 200);
        assertThat(whole).hasSize(26).doesNotHaveDuplicates();
        assertThat(pages(sort, null, null, 1)).isEqualTo(whole);
        assertThat(pages(sort, null, null, 7)).isEqualTo(whole);
    }

    @Test
    void what_is_due_first_what_changed_last_and_what_fares_worst_come_first() {
        assertThat(pages(Sort.UPDATED, null, null, 3)).startsWith("d24", "d23", "d22");
        assertThat(pages(Sort.TITLE, null, null, 3)).startsWith("d24", "d23").endsWith("p1");
        assertThat(pages(Sort.DEADLINE, null, null, 3)).startsWith("d1", "d10");
        assertThat(pages(Sort.HEALTH, null, null, 3))
                .as("drafts of the call that closes soon")
                .startsWith("d1", "d10", "d13", "d16");
    }

    @Test
    void titles_come_as_people_sort_them() {
        String[] titles = {"Zebra", "\u00c9cologie", "Eco", "\u00e9a", "\u0110\u00e0 L\u1ea1t", "apple", "\u00c5land"};
        for (int i = 0; i < titles.length; i++)
            stories.happens(
                    "proposal/t" + i, "proposal.drafted", "{'call':'t','lead':'vn-hanoi','title':'" + titles[i] + "'}");
        hear();
        for (int size : new int[] {1, 2, 200})
            assertThat(pages(Sort.TITLE, "t", null, size)).containsExactly("t6", "t5", "t4", "t3", "t2", "t1", "t0");
    }

    @Test
    void the_order_of_ids_stands_still_while_pages_are_read() {
        List<String> before = pages(Sort.ID, null, null, 200);
        var first = projects.page(new StatusQuery(Filters.NONE, Sort.ID, null, 10), NETWORK);
        for (int i = 0; i < 25; i++)
            stories.happens(
                    "proposal/d" + i,
                    "proposal.summary-changed",
                    "{'title':'A','summary':'','themes':[],'sdgs':[],'startsOn':null,'endsOn':null}");
        hear();
        var rest =
                projects.page(new StatusQuery(Filters.NONE, Sort.ID, Wanted.parse(first.next(), "200", "")), NETWORK);
        assertThat(Stream.of(first, rest).flatMap(it -> it.items().stream()).map(ListItem::id))
                .containsExactlyElementsOf(before)
                .isSorted();
    }

    @Test
    void a_cursor_that_names_no_place_is_refused() {
        for (String place : List.of("", "x", "1 a", "x a b", "99999999999999999999 a b"))
            assertThatThrownBy(() -> projects.page(new StatusQuery(Filters.NONE, Sort.TITLE, place, 10), NETWORK))
                    .isInstanceOf(ValidationFailed.class);
    }

    @Test
    void what_changes_after_a_list_is_in_its_place_in_the_next() {
        pages(Sort.TITLE, null, null, 3);
        stories.happens("proposal/new", "proposal.drafted", "{'call':'c1','lead':'vn-hanoi','title':'A new one'}")
                .happens("proposal/d24", "proposal.withdrawn", "{'reason':'None.'}")
                .happens(
                        "proposal/d0",
                        "proposal.summary-changed",
                        "{'title':'About to be first','summary':'','themes':[],'sdgs':[],'startsOn':null,'endsOn':null}");
        hear();

        assertThat(pages(Sort.TITLE, null, null, 3)).hasSize(27).startsWith("new", "d0", "d24");
        assertThat(pages(Sort.UPDATED, null, null, 200)).hasSize(27).startsWith("d0", "d24", "new");
    }

    @Test
    void lists_of_a_new_read_model_contain_events_that_came_after_its_preparation() {
        List<String> before = pages(Sort.TITLE, null, null, 200);
        ReadModel next = ReadModel.empty(PARTITION_INDEX);
        stories.messages().forEach(next::accept);
        currentReadModel.prepare(next);
        assertThat(pages(Sort.TITLE, null, null, 200)).isEqualTo(before);
        stories.happens("proposal/new", "proposal.drafted", "{'call':'c1','lead':'vn-hanoi','title':'A new one'}");
        stories.messages().forEach(next::accept);
        currentReadModel.answerFrom(next, Set.of());

        assertThat(pages(Sort.TITLE, null, null, 200)).hasSize(27).startsWith("new");
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
        ReadModel next = ReadModel.empty(PARTITION_INDEX);
        stories.messages().forEach(next::accept);
        clock.set(Instant.parse("2027-12-01T00:00:00Z"));
        currentReadModel.prepare(next);
        currentReadModel.answerFrom(next, Set.of());
        statuses.tick();

        assertThat(changedByClock).contains("p1");
    }

    @Test
    void what_the_clock_changes_is_in_its_place_too() {
        assertThat(pages(Sort.HEALTH, null, null, 200)).startsWith("d1");
        clock.set(Instant.parse("2027-12-01T00:00:00Z"));

        assertThat(pages(Sort.HEALTH, null, null, 200)).startsWith("p1").hasSize(26);
    }

    @ParameterizedTest
    @EnumSource(Sort.class)
    void a_list_of_one_phase_or_health_is_the_whole_list_without_the_others(Sort sort) {
        stories.happens("proposal/d3", "proposal.withdrawn", "{'reason':'None.'}");
        hear();
        List<ListItem> whole = items(null, null, sort, NETWORK);
        assertThat(whole).hasSize(26);
        for (ListItem one : whole) {
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
                .extracting(ListItem::id)
                .containsExactly("p1");
    }

    private List<ListItem> items(
            @Nullable String phase, Status.Health.@Nullable Level health, Sort sort, Caller caller) {
        Filters filters = filtering()
                .phase(phase)
                .health(health == null ? null : health.name())
                .build();
        return projects.page(new StatusQuery(filters, sort, null, 200), caller).items();
    }

    @Test
    void a_filter_finds_the_same_as_looking_at_every_project() {
        assertThat(pages(Sort.UPDATED, "c2", null, 3)).hasSize(8).allMatch(it -> it.startsWith("d"));
        assertThat(pages(Sort.UPDATED, null, "th-bangkok", 3)).containsExactly("p1");
        assertThat(pages(Sort.UPDATED, null, "vn-hanoi", 3)).hasSize(26);
        assertThat(shownTo(NETWORK, null, "f1")).containsExactly("p1");
    }

    @Test
    void a_project_that_no_status_can_be_made_of_is_said_and_all_others_are_listed() {
        assertThat(pages(Sort.TITLE, null, null, 200)).contains("d3", "d4", "p1");
        stories.happens("proposal/d3", "proposal.summary-changed", "{'themes':[]}")
                .happens("proposal/d4", "proposal.withdrawn", "{'reason':'None.'}")
                .happens("project/p1", "project.created", "{'award':" + WITHOUT_A_WEIGHT + "}");
        hear();

        for (int i = 0; i < 3; i++)
            for (var sort : Sort.values())
                assertThat(pages(sort, null, null, 200))
                        .hasSize(24)
                        .contains("d4")
                        .doesNotContain("d3", "p1");
        assertThat(pages(Sort.TITLE, "c1", null, 200)).isNotEmpty().doesNotContain("p1");
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
                .as("the funders of approved grants are public")
                .containsExactly("p1");
        stories.happens(
                        "proposal/d1",
                        "proposal.submitted",
                        "{'version':1,'plan':{'title':'T','themes':[],'sdgs':[],'milestones':[],'parts':[]}}")
                .happens(
                        "agreement/a-d1",
                        "agreement.requested",
                        "{'project':'d1','fund':'m1','amount':{'amount':'1.00','currency':'EUR'},'beneficiary':'vn-hanoi'}");
        hear();
        assertThat(shownTo(Caller.ANYONE, null, "f1")).containsExactly("p1");
        assertThat(shownTo(partner, null, "f1")).containsExactly("p1");
        assertThat(shownTo(new Caller(Set.of("funder/f1"), false), null, "f1")).containsExactly("d1", "p1");
    }

    private static List<String> values(StatusQuery.Page page, Facet facet) {
        return page.facets().getOrDefault(facet.parameter(), List.of()).stream()
                .map(it -> it.value() + " " + it.count())
                .toList();
    }

    @Test
    void a_search_finds_titles_and_names_of_cities_without_accents_and_in_any_order() {
        for (String q : List.of("ha noi", "NỘI hà", "bangkok rout", "p1", "th-bangkok"))
            assertThat(shown(filtering().search(q).build(), Caller.ANYONE))
                    .as(q)
                    .containsExactly("p1");
        assertThat(shown(filtering().search("da nang").build(), Caller.ANYONE)).isEmpty();
        assertThat(IndexEntry.folded("Đà Nẵng, Łódź, Tromsø, Århus, ÇORUM"))
                .isEqualTo("da nang, lodz, tromso, arhus, corum");
    }

    @Test
    void a_search_finds_each_name_of_a_city() {
        stories.happens(
                "city/th-bangkok",
                "city.names-changed",
                "{'ownName':{'text':'กรุงเทพมหานคร','language':'th'},'otherNames':[{'text':'Băng Cốc','language':'vi'}]}");
        hear();

        for (String q : List.of("bangkok", "กรุงเทพมหานคร", "bang coc"))
            assertThat(shown(filtering().search(q).build(), Caller.ANYONE))
                    .as(q)
                    .containsExactly("p1");
    }

    @Test
    void projects_are_found_by_a_property_of_any_partner_and_by_theme_and_goal() {
        for (Filters it : List.of(
                filtering().facet(Facet.FIELD, "design").build(),
                filtering().facet(Facet.REGION, "Asia and the Pacific").build(),
                filtering().country("th").build(),
                filtering().theme("Crafts").build(),
                filtering().sdg("11").build()))
            assertThat(shown(it, Caller.ANYONE)).as(it.toString()).containsExactly("p1");
        for (Filters it : List.of(
                filtering().facet(Facet.FIELD, "Music").build(),
                filtering().country("FR").build(),
                filtering().theme("film").build(),
                filtering().sdg("1").build()))
            assertThat(shown(it, Caller.ANYONE)).as(it.toString()).isEmpty();
    }

    @Test
    void projects_are_found_by_a_group_that_a_partner_city_is_in_by_its_country_or_its_id() {
        assertThat(shown(inGroup("asean"), Caller.ANYONE)).as("no such group").isEmpty();
        group("asean", "group.registered", "'name':'ASEAN',", "'TH'", "");
        assertThat(shown(inGroup("asean"), Caller.ANYONE)).containsExactly("p1");
        group("asean", "group.changed", "'reason':'why',", "'FR'", "");
        assertThat(shown(inGroup("asean"), Caller.ANYONE))
                .as("results follow its members")
                .isEmpty();
        group("asean", "group.changed", "'reason':'why',", "'FR'", "'th-bangkok'");
        stories.happens("group/asean", "group.retired", "{'reason':'why'}");
        hear();
        assertThat(shown(inGroup("asean"), Caller.ANYONE))
                .as("also when retired")
                .containsExactly("p1");
        assertThat(page(inGroup("asean"), Caller.ANYONE).count()).isEqualTo(1);
    }

    private Filters inGroup(String id) {
        return filtering().group(id, projects::group).build();
    }

    private void group(String id, String type, String more, String countries, String cities) {
        stories.happens(
                "group/" + id,
                type,
                "{" + more + "'definition':{'otherNames':[],'countries':[" + countries + "],'cities':[" + cities
                        + "],'source':{'text':'News'}}}");
        hear();
    }

    @Test
    void each_facet_is_counted_with_all_filters_but_its_own_over_all_pages() {
        StatusQuery.Page all = projects.page(new StatusQuery(Filters.NONE, Sort.TITLE, null, 1), NETWORK);
        assertThat(all.count()).isEqualTo(26);
        assertThat(values(all, Facet.CALL)).containsExactly("c0 9", "c1 9", "c2 8");
        assertThat(values(all, Facet.PHASE)).containsExactly("DRAFT 25", "ACTIVE 1");
        assertThat(all.facets().get("call"))
                .anySatisfy(it -> assertThat(it.label()).isEqualTo("Crafts"));

        StatusQuery.Page active =
                page(filtering().phase("active").facet(Facet.CALL, "c1").build(), NETWORK);
        assertThat(active.count()).isEqualTo(1);
        assertThat(values(active, Facet.PHASE)).as("drafts of that call").containsExactly("DRAFT 8", "ACTIVE 1");
        assertThat(values(active, Facet.CALL)).as("active ones of any call").containsExactly("c1 1");
        assertThat(values(active, Facet.SDG)).containsExactly("11 1");
        assertThat(values(active, Facet.FUNDER)).containsExactly("f1 1", "f2 1");
        assertThat(page(filtering().phase("draft").build(), NETWORK).count()).isEqualTo(25);
    }

    @Test
    void counts_tell_nobody_of_projects_that_they_are_not_shown_and_follow_each_change() {
        assertThat(page(Filters.NONE, Caller.ANYONE).count()).isEqualTo(1);
        assertThat(values(page(Filters.NONE, Caller.ANYONE), Facet.PHASE)).containsExactly("ACTIVE 1");
        assertThat(page(Filters.NONE, new Caller(Set.of("city/vn-hanoi"), false))
                        .count())
                .isEqualTo(26);
        stories.project("suspended");
        hear();
        assertThat(values(page(Filters.NONE, Caller.ANYONE), Facet.PHASE)).containsExactly("SUSPENDED 1");
        assertThat(values(page(Filters.NONE, Caller.ANYONE), Facet.HEALTH)).containsExactly("AT_RISK 1");
    }

    @Test
    void an_item_has_its_partners_and_of_its_sums_those_that_the_reader_may_see() {
        stories.advance("payable");
        hear();
        ListItem shown = page(Filters.NONE, Caller.ANYONE).items().getFirst();
        assertThat(shown.partners())
                .containsExactly(new Status.Named("vn-hanoi", "Hà Nội"), new Status.Named("th-bangkok", "Bangkok"));
        assertThat(shown.money()).singleElement().satisfies(it -> {
            assertThat(it.committed()).hasToString("100000.00 EUR");
            assertThat(it.payable()).isNull();
        });
        assertThat(page(filtering().phase("active").build(), new Caller(Set.of("funder/f1"), false))
                        .items()
                        .getFirst()
                        .money())
                .singleElement()
                .satisfies(it -> assertThat(it.payable()).hasToString("35000.00 EUR"));
    }

    @Test
    void everything_that_is_wrong_with_the_filters_is_said_at_once() {
        var parameters = new Parameters();
        var wrong = new Filters.Builder(parameters)
                .search("x".repeat(201))
                .phase("actve")
                .health("fine")
                .country("VNM")
                .sdg("18")
                .theme("x".repeat(201));
        parameters.number("limit", "many", 200);
        assertThatThrownBy(wrong::build)
                .isInstanceOfSatisfying(
                        ValidationFailed.class,
                        it -> assertThat(it.violations())
                                .extracting(ValidationFailed.Violation::pointer)
                                .containsExactly("q", "phase", "health", "country", "sdg", "theme", "limit"));
    }

    @Test
    void a_table_has_a_row_for_each_project() {
        var table = new CsvTable();
        projects.first(new StatusQuery(Filters.NONE, Sort.TITLE, null, 200), NETWORK)
                .forEach(it -> table.add(it, Contracts.published()));
        List<String> rows = List.of(new String(table.bytes(), UTF_8).split("\r\n", -1));

        assertThat(rows.getFirst())
                .startsWith("\ufeffid,title,call,")
                .endsWith(",currency,requested,reserved,committed,payable,paid");
        assertThat(rows)
                .hasSize(28)
                .anySatisfy(it -> assertThat(it)
                        .startsWith("p1,Routes,c1,Crafts,ACTIVE,")
                        .contains(",vn-hanoi; th-bangkok,Hà Nội; Bangkok,f1; f2,")
                        .endsWith(",EUR,100000.00,0.00,100000.00,0.00,0.00"));
    }

    @Test
    void a_filter_by_a_funder_finds_partners_projects_too() {
        var partner = new Caller(Set.of("city/th-bangkok"), false);
        assertThat(shownTo(partner, null, "f1")).containsExactly("p1");
    }
}
