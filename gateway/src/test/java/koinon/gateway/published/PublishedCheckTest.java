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
import koinon.gateway.Happenings;
import koinon.gateway.picture.Picture;
import koinon.gateway.published.PublishedAggregate.Partner;
import koinon.gateway.published.PublishedAggregate.Sums;
import koinon.gateway.reading.Message;
import koinon.gateway.reading.Places;
import koinon.platform.model.Money;
import koinon.platform.verification.Findings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PublishedCheckTest implements Publishers {

    private static final Places PLACES = new Places(List.of("koinon.cities", "koinon.projects", "koinon.funding"));

    private final Picture picture = Picture.empty(PLACES);
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
    public void all(String service, Consumer<PublishedAggregate> each) throws Away {
        if (away != null) throw new Away(away);
        stored.forEach(each);
    }

    @Override
    public void some(String service, Collection<String> ids, Consumer<PublishedAggregate> each) {
        stored.stream().filter(it -> ids.contains(it.id())).map(askedAgain).forEach(each);
    }

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    private void heard(List<Message> messages) {
        messages.forEach(picture::heard);
    }

    private void published(String id, long sequence) {
        stored.add(new PublishedAggregate(id, sequence, null, null, null, null));
    }

    private Findings.Report compared() {
        Findings findings = new Findings();
        check.compare(picture, findings);
        return findings.report();
    }

    private static List<Message> draft() {
        return Happenings.none().draft().partners().messages();
    }

    private static PublishedAggregate proposal(String standing, String grant) {
        return new PublishedAggregate(
                "proposal/p1",
                5,
                "DRAFT",
                Map.of("partner/vn-hanoi", "ACCEPTED", "partner/th-bangkok", standing),
                null,
                List.of(
                        new Partner("vn-hanoi", eur(grant), eur("5000.00")),
                        new Partner("th-bangkok", eur("40000.00"), eur("5000.00"))));
    }

    @Test
    void a_picture_with_everything_that_was_published_is_complete() throws Away {
        heard(draft());
        published("proposal/p1", 5);
        assertThat(check.completeness(picture)).isEqualTo(new PublishedCheck.Completeness(5, List.of()));
    }

    @Test
    void a_picture_that_lacks_the_last_events_or_a_whole_aggregate_is_not() throws Away {
        heard(draft());
        published("proposal/p1", 7);
        published("proposal/p2", 3);
        assertThat(check.completeness(picture).missing())
                .containsExactly("Events of 2 aggregate(s) are missing, such as proposal/p1 (5 of 7),"
                        + " proposal/p2 (0 of 3).");
    }

    @Test
    void a_gap_and_a_beginning_that_is_none_are_never_complete() throws Away {
        published("proposal/p1", 5);
        for (int lost : List.of(1, 3)) {
            Picture holed = Picture.empty(PLACES);
            draft().stream().filter(it -> it.position().sequence() != lost).forEach(holed::heard);
            assertThat(check.completeness(holed).missing())
                    .as("without event %d", lost)
                    .containsExactly("1 events are missing between others, or before the first of an aggregate.");
        }
    }

    @Test
    void where_a_publisher_cannot_be_asked_nothing_is_said() {
        heard(draft());
        away = "projects is away";
        assertThatThrownBy(() -> check.completeness(picture))
                .isInstanceOf(Away.class)
                .hasMessage("projects is away");
        assertThat(compared().notCompared())
                .extracting(Findings.Difference::subject)
                .containsExactly("all");
        assertThat(compared().differences()).isEmpty();
    }

    @Test
    void what_is_folded_as_its_service_has_it_does_not_differ() {
        heard(draft());
        stored.add(proposal("ACCEPTED", "60000.00"));
        assertThat(compared().differences()).isEmpty();
        assertThat(compared().notCompared()).isEmpty();
    }

    @Test
    void every_part_and_every_amount_is_compared() {
        heard(draft());
        for (PublishedAggregate other : List.of(proposal("COMMITTED", "60000.00"), proposal("ACCEPTED", "20000.00"))) {
            stored.clear();
            stored.add(other);
            assertThat(compared().differences()).hasSize(1);
        }
    }

    @Test
    void the_money_of_an_agreement_and_the_steps_of_its_tranches_are_compared() {
        heard(Happenings.active()
                .advance("payable", "requested", "authorised", "sent", "paid")
                .messages());
        for (var it : picture.sources())
            if (!it.subject().equals("agreement/a-m1")) published(it.subject(), it.sequence() + 1);
        var sums = new Sums(eur("0.00"), eur("70000.00"), eur("0.00"), eur("35000.00"));
        var parts = Map.of("tranche/t1", "PAID", "tranche/t2", "PLANNED", "tranche/t3", "PLANNED");
        stored.add(new PublishedAggregate("agreement/a-m1", 10, "IN_FORCE", parts, sums, null));
        assertThat(compared().differences()).isEmpty();
        stored.removeLast();
        var others = new Sums(eur("0.00"), eur("70000.00"), eur("0.00"), eur("35000.01"));
        stored.add(new PublishedAggregate("agreement/a-m1", 10, "IN_FORCE", parts, others, null));
        assertThat(compared().differences()).singleElement().asString().contains("agreement/a-m1", "35000.01");
    }

    @Test
    void what_has_moved_on_is_asked_again_and_compared_then() {
        heard(draft());
        stored.add(new PublishedAggregate("proposal/p1", 4, "DRAFT", null, null, null));
        askedAgain = _ -> proposal("ACCEPTED", "60000.00");
        assertThat(compared().differences()).isEmpty();
        assertThat(compared().notCompared()).isEmpty();
    }

    @Test
    void what_moves_on_and_on_is_reported_as_not_compared_and_never_as_equal() {
        heard(draft());
        published("proposal/p1", 4);
        assertThat(compared().differences()).isEmpty();
        assertThat(compared().notCompared())
                .extracting(Findings.Difference::subject)
                .containsExactly("proposal/p1");
    }

    @Test
    void what_no_service_has_is_named() {
        heard(draft());
        assertThat(compared().differences())
                .extracting(Findings.Difference::subject)
                .containsExactly("proposal/p1");
    }
}
