package koinon.gateway.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Set;
import koinon.eventing.document.EventJson;
import koinon.eventing.topic.PartitionIndex;
import koinon.gateway.EventStories;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Contracts;
import koinon.gateway.parameter.Parameters;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.status.Statuses;
import koinon.testing.time.TestClock;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static final PartitionIndex PARTITION_INDEX =
            new PartitionIndex(List.of("koinon.cities", "koinon.projects", "koinon.funding"));
    private static final Caller NETWORK = new Caller(Set.of(), true);
    private static final Caller FUNDER = new Caller(Set.of("funder/f1"), false);

    private final CurrentReadModel currentReadModel = new CurrentReadModel(PARTITION_INDEX, new SimpleMeterRegistry());
    private final VisibleProjects projects = new VisibleProjects(
            new Statuses(currentReadModel, Contracts.published(), new TestClock()), Contracts.published());
    private final EventStories stories = EventStories.active()
            .advance("payable")
            .happens(
                    "city/fr-lyon",
                    "city.registered",
                    "{'name':'Lyon','country':'FR','region':'Europe and North America','latitude':45.75,"
                            + "'longitude':4.85,'cooperating':false}")
            .happens("city/fr-lyon", "city.designated", "{'field':'Media Arts'}");

    SummaryTest() {
        approve("p2", "fr-lyon", "vn-hanoi");
        approve("p3", "fr-lyon", "vn-hanoi", "th-bangkok");
        stories.happens("proposal/d1", "proposal.drafted", "{'call':'c1','lead':'fr-lyon','title':'Draft'}");
        stories.messages().forEach(currentReadModel.readModel()::accept);
    }

    /// Another approved project, in another currency.
    private void approve(String id, String... cities) {
        String partners = String.join(
                ",",
                List.of(cities).stream()
                        .map(it -> "{'city':'" + it + "','grant':{'amount':'10.00','currency':'USD'},"
                                + "'coFinancing':{'amount':'0.00','currency':'USD'}}")
                        .toList());
        stories.happens(
                "project/" + id,
                "project.created",
                "{'award':{'title':'Of " + id + "','call':'c2','currency':'USD','lead':'" + cities[0]
                        + "','partners':[" + partners + "],'grants':[],'milestones':[],'tranches':[],"
                        + "'themes':[],'sdgs':[4,11],'startsOn':'2026-05-01','endsOn':'2027-04-30'}}");
    }

    private static Filters.Builder filtering() {
        return new Filters.Builder(new Parameters());
    }

    private Summary summary(Filters filters, Caller caller) {
        return projects.summary(filters, caller);
    }

    private Cooperation cooperation(Filters filters, Caller caller, int top) {
        return projects.cooperation(filters, caller).top(top);
    }

    private static List<String> values(List<Counts.Count> counts) {
        return counts.stream().map(it -> it.value() + " " + it.count()).toList();
    }

    @Test
    void a_summary_counts_each_project_once_for_each_of_its_values() {
        Summary summary = summary(Filters.NONE, Caller.ANYONE);
        assertThat(summary.projects()).isEqualTo(3);
        assertThat(summary.cities()).isEqualTo(3);
        assertThat(summary.countries()).isEqualTo(3);
        assertThat(values(summary.phases())).containsExactly("CONTRACTING 2", "ACTIVE 1");
        assertThat(values(summary.fields())).containsExactly("Design 3", "Media Arts 2");
        assertThat(values(summary.regions())).containsExactly("Asia and the Pacific 3", "Europe and North America 2");
        assertThat(values(summary.sdgs())).containsExactly("11 3", "4 2");
        assertThat(summary(Filters.NONE, NETWORK).projects()).as("a draft, too").isEqualTo(4);
    }

    @Test
    void currencies_are_never_added_and_a_sum_that_the_reader_may_not_see_everywhere_is_not_told() {
        assertThat(summary(Filters.NONE, Caller.ANYONE).money())
                .extracting(Summary.Sums::currency)
                .containsExactly("EUR", "USD");
        assertThat(summary(Filters.NONE, Caller.ANYONE).money().getFirst()).satisfies(it -> {
            assertThat(it.committed()).hasToString("100000.00 EUR");
            assertThat(it.paid()).hasToString("0.00 EUR");
            assertThat(it.payable()).isNull();
        });
        assertThat(summary(Filters.NONE, FUNDER).money())
                .extracting(it -> String.valueOf(it.payable()))
                .as("its own project, and projects of others")
                .containsExactly("35000.00 EUR", "null");
    }

    @Test
    void a_summary_is_of_the_filtered_projects() {
        assertThat(summary(filtering().facet(Facet.CALL, "c2").build(), Caller.ANYONE)
                        .projects())
                .isEqualTo(2);
        assertThat(summary(filtering().city("th-bangkok").build(), Caller.ANYONE)
                        .projects())
                .isEqualTo(2);
        assertThat(summary(filtering().facet(Facet.FUNDER, "f1").build(), Caller.ANYONE)
                        .projects())
                .isEqualTo(1);
    }

    @Test
    void a_summary_and_cooperation_are_of_the_projects_with_a_city_in_the_group() {
        stories.happens(
                "group/francophonie",
                "group.registered",
                "{'name':'Francophonie','definition':{'otherNames':[],'countries':['FR'],'cities':[],"
                        + "'source':{'text':'News'}}}");
        stories.messages().forEach(currentReadModel.readModel()::accept);
        Filters group = filtering().group("francophonie", projects::group).build();

        assertThat(summary(group, Caller.ANYONE).projects()).isEqualTo(2);
        assertThat(cooperation(group, Caller.ANYONE, 500).cities())
                .extracting(it -> it.city().id() + " " + it.projects())
                .containsExactly("fr-lyon 2", "vn-hanoi 2", "th-bangkok 1");
        assertThat(summary(filtering().group("none", projects::group).build(), Caller.ANYONE)
                        .projects())
                .isZero();
    }

    @Test
    void a_pair_of_cities_has_the_money_of_its_projects_by_currency_and_never_what_the_reader_may_not_see() {
        Cooperation.Pair pair =
                cooperation(Filters.NONE, Caller.ANYONE, 1).pairs().getFirst();

        assertThat(pair.money())
                .extracting(Summary.Sums::currency)
                .isSubsetOf("EUR", "USD")
                .isNotEmpty();
        assertThat(pair.money()).allSatisfy(it -> assertThat(it.payable()).isNull());
        assertThat(cooperation(Filters.NONE, NETWORK, 500).pairs().stream()
                        .filter(it -> it.a().equals("th-bangkok") && it.b().equals("vn-hanoi"))
                        .flatMap(it -> it.money().stream())
                        .map(it -> it.committed().toString()))
                .containsExactly("100000.00 EUR", "0.00 USD");
    }

    @Test
    void cooperation_has_the_place_of_each_city_and_the_most_frequent_pairs_first() {
        Cooperation all = cooperation(Filters.NONE, Caller.ANYONE, 2);
        assertThat(all.cities())
                .extracting(it -> it.city().id() + " " + it.projects())
                .containsExactly("vn-hanoi 3", "fr-lyon 2", "th-bangkok 2");
        assertThat(EventJson.mapper().writeValueAsString(all.cities().get(1)))
                .isEqualTo(
                        "{\"id\":\"fr-lyon\",\"state\":\"DESIGNATED\",\"name\":\"Lyon\",\"country\":\"FR\",\"region\":\"Europe and North America\","
                                + "\"field\":\"Media Arts\",\"latitude\":45.75,\"longitude\":4.85,\"projects\":2}");
        assertThat(all.pairs())
                .extracting(it -> it.a() + " " + it.b() + " " + it.projects())
                .containsExactly("fr-lyon vn-hanoi 2", "th-bangkok vn-hanoi 2");
        assertThat(cooperation(Filters.NONE, Caller.ANYONE, 500).pairs()).hasSize(3);
        assertThat(cooperation(filtering().facet(Facet.FIELD, "media arts").build(), Caller.ANYONE, 500)
                        .cities())
                .extracting(it -> it.city().id() + " " + it.projects())
                .containsExactly("fr-lyon 2", "vn-hanoi 2", "th-bangkok 1");
    }
}
