package koinon.gateway.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import koinon.eventing.action.NextAction;
import koinon.eventing.consistency.ConsistencyReport;
import koinon.eventing.topic.PartitionIndex;
import koinon.eventing.value.Money;
import koinon.gateway.EventStories;
import koinon.gateway.projection.Projection;
import koinon.gateway.published.PublishedAggregate.Partner;
import koinon.gateway.readmodel.ReadModel;
import koinon.gateway.topics.EventRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PublishedCheckTest implements Publishers {

    private static final PartitionIndex PARTITION_INDEX =
            new PartitionIndex(List.of("koinon.cities", "koinon.projects", "koinon.funding"));

    private final ReadModel readModel = ReadModel.empty(PARTITION_INDEX);
    private final List<PublishedAggregate> stored = new ArrayList<>();
    private final PublishedCheck check = new PublishedCheck(
            this, new PublisherSettings("gateway", "", URI.create("http://127.0.0.1:1"), Duration.ofMillis(1)));
    private UnaryOperator<PublishedAggregate> askedAgain = it -> it;
    private @Nullable String away;

    @Override
    public Set<String> names() {
        return Set.of("all");
    }

    @Override
    public void all(String service, Consumer<PublishedAggregate> each) throws Unavailable {
        if (away != null) throw new Unavailable(away);
        stored.forEach(each);
    }

    @Override
    public void some(String service, Collection<String> ids, Consumer<PublishedAggregate> each) {
        stored.stream().filter(it -> ids.contains(it.id())).map(askedAgain).forEach(each);
    }

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    private void accept(List<EventRecord> messages) {
        messages.forEach(readModel::accept);
    }

    private void published(String id, long sequence) {
        stored.add(new PublishedAggregate(id, sequence, null, null, null, null, null));
    }

    private ConsistencyReport.Report compared() {
        ConsistencyReport findings = new ConsistencyReport();
        check.compare(readModel, findings);
        return findings.report();
    }

    private static List<EventRecord> draft() {
        return EventStories.none().draft().partners().messages();
    }

    /// The next actions as the read model has them.
    private List<NextAction> nextOf(String subject) {
        return readModel.aggregate(subject).state() instanceof Projection<?> it
                ? it.lifecycle().nextActions()
                : List.of();
    }

    private static Map<String, Money> sums(String paid) {
        return Map.of("reserved", eur("0.00"), "committed", eur("70000.00"), "payable", eur("0.00"), "paid", eur(paid));
    }

    private PublishedAggregate proposal(String partner, String grant) {
        return new PublishedAggregate(
                "proposal/p1",
                5,
                "DRAFT",
                Map.of("partner/vn-hanoi", "ACCEPTED", "partner/th-bangkok", partner),
                null,
                nextOf("proposal/p1"),
                List.of(
                        new Partner("vn-hanoi", eur(grant), eur("5000.00")),
                        new Partner("th-bangkok", eur("40000.00"), eur("5000.00"))));
    }

    @Test
    void a_read_model_with_everything_that_was_published_is_complete() throws Unavailable {
        accept(draft());
        published("proposal/p1", 5);
        assertThat(check.completeness(readModel)).isEqualTo(new PublishedCheck.Completeness(5, List.of()));
    }

    @Test
    void a_read_model_without_the_last_events_or_a_whole_aggregate_is_incomplete() throws Unavailable {
        accept(draft());
        published("proposal/p1", 7);
        published("proposal/p2", 3);
        assertThat(check.completeness(readModel).missing())
                .containsExactly("Events of 2 aggregate(s) are missing, such as proposal/p1 (5 of 7),"
                        + " proposal/p2 (0 of 3).");
    }

    @Test
    void a_gap_and_a_beginning_that_is_none_are_never_complete() throws Unavailable {
        published("proposal/p1", 5);
        for (int lost : List.of(1, 3)) {
            ReadModel holed = ReadModel.empty(PARTITION_INDEX);
            draft().stream().filter(it -> it.position().sequence() != lost).forEach(holed::accept);
            assertThat(check.completeness(holed).missing())
                    .as("without event %d", lost)
                    .containsExactly("1 event(s) are missing within the sequence of an aggregate or at its beginning.");
        }
    }

    @Test
    void where_a_publisher_cannot_be_asked_nothing_is_said() {
        accept(draft());
        away = "projects is away";
        assertThatThrownBy(() -> check.completeness(readModel))
                .isInstanceOf(Unavailable.class)
                .hasMessage("projects is away");
        assertThat(compared().notCompared())
                .extracting(ConsistencyReport.Difference::subject)
                .containsExactly("all");
        assertThat(compared().differences()).isEmpty();
    }

    @Test
    void what_is_folded_as_its_service_has_it_does_not_differ() {
        accept(draft());
        stored.add(proposal("ACCEPTED", "60000.00"));
        assertThat(compared().differences()).isEmpty();
        assertThat(compared().notCompared()).isEmpty();
    }

    @Test
    void every_part_and_every_amount_is_compared() {
        accept(draft());
        for (PublishedAggregate other : List.of(proposal("COMMITTED", "60000.00"), proposal("ACCEPTED", "20000.00"))) {
            stored.clear();
            stored.add(other);
            assertThat(compared().differences()).hasSize(1);
        }
    }

    @Test
    void the_money_of_an_agreement_and_the_states_of_its_tranches_are_compared() {
        accept(EventStories.active()
                .advance("payable", "requested", "authorised", "sent", "paid")
                .messages());
        for (var it : readModel.aggregates())
            if (!it.subject().equals("agreement/a-m1")) published(it.subject(), it.sequence() + 1);
        var sums = sums("35000.00");
        var parts = Map.of("tranche/t1", "PAID", "tranche/t2", "PLANNED", "tranche/t3", "PLANNED");
        stored.add(
                new PublishedAggregate("agreement/a-m1", 10, "IN_FORCE", parts, sums, nextOf("agreement/a-m1"), null));
        assertThat(compared().differences()).isEmpty();
        stored.removeLast();
        var others = sums("35000.01");
        stored.add(new PublishedAggregate(
                "agreement/a-m1", 10, "IN_FORCE", parts, others, nextOf("agreement/a-m1"), null));
        assertThat(compared().differences()).singleElement().asString().contains("agreement/a-m1", "35000.01");
    }

    @Test
    void next_actions_are_compared() {
        accept(draft());
        PublishedAggregate stored = proposal("ACCEPTED", "60000.00");
        this.stored.add(new PublishedAggregate(
                stored.id(), 5, stored.state(), stored.parts(), null, List.of(), stored.partners()));
        assertThat(compared().differences()).singleElement().asString().contains("next actions");
    }

    @Test
    void what_has_moved_on_is_asked_again_and_compared_then() {
        accept(draft());
        stored.add(new PublishedAggregate("proposal/p1", 4, "DRAFT", null, null, null, null));
        askedAgain = _ -> proposal("ACCEPTED", "60000.00");
        assertThat(compared().differences()).isEmpty();
        assertThat(compared().notCompared()).isEmpty();
    }

    @Test
    void what_moves_on_and_on_is_reported_as_not_compared_and_never_as_equal() {
        accept(draft());
        published("proposal/p1", 4);
        assertThat(compared().differences()).isEmpty();
        assertThat(compared().notCompared())
                .extracting(ConsistencyReport.Difference::subject)
                .containsExactly("proposal/p1");
    }

    @Test
    void what_no_service_has_is_named() {
        accept(draft());
        assertThat(compared().differences())
                .extracting(ConsistencyReport.Difference::subject)
                .containsExactly("proposal/p1");
    }
}
