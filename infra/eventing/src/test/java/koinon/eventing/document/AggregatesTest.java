package koinon.eventing.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.EventEnvelope;
import koinon.eventing.model.OutboxEntry;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.tally.Tally;
import koinon.eventing.tally.TallyApplication;
import koinon.testing.infrastructure.IntegrationTest;
import koinon.testing.time.Race;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.BasicQuery;
import org.springframework.data.mongodb.core.query.Update;

@IntegrationTest(sharing = "eventing")
@SpringBootTest(classes = TallyApplication.class, properties = "spring.application.name=tallies")
class AggregatesTest {

    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final Actor ANNA = new Actor("anna", List.of(), null, null, NOON);

    @Autowired
    private MongoTemplate mongo;

    private String id = UUID.randomUUID().toString();
    private List<String> reported = Collections.synchronizedList(new ArrayList<>());

    private Aggregates aggregates() {
        return Writers.with(mongo, it -> reported.add(it.id()));
    }

    private Tally stored() {
        return mongo.findById(id, Tally.class);
    }

    private static Command keyed(String key, String digest) {
        return new Command(ANNA, new Command.Key(key, "/tallies", digest), Command.Precondition.NONE, null);
    }

    private static EventEnvelope envelope(String subject, long sequence) {
        return new EventEnvelope(subject, sequence, NOON, "someone", null);
    }

    private void count(Aggregates aggregates, String what) {
        aggregates.change(Tally.class, id, Command.of(ANNA), it -> it.count(what, ANNA));
    }

    private void on(String subject, long sequence, String what) {
        aggregates()
                .react(Tally.class, id, envelope(subject, sequence), () -> new Tally(id), (it, by) -> it.on(what, by));
    }

    @Test
    void a_command_that_took_so_long_that_nobody_waits_for_it_is_refused_and_does_nothing() {
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
        long longAgo = System.nanoTime() - Duration.ofSeconds(30).toNanos();
        Command late =
                new Command(ANNA, new Command.Key("k1", "/tallies", "d1", longAgo), Command.Precondition.NONE, null);

        assertThatThrownBy(() -> aggregates().change(Tally.class, id, late, it -> it.count("late", ANNA)))
                .isInstanceOf(RequestRejected.Busy.class);
        assertThat(stored().sequence()).isEqualTo(1);
    }

    @Test
    void state_events_and_answer_are_one_document() {
        CommandResult answer = aggregates().create(Tally.open(id, "votes", ANNA), keyed("k1", "d1"));

        assertThat(answer.position()).hasToString("tally/" + id + "/1");
        assertThat(answer.created()).isTrue();
        assertThat(stored().outbox()).hasSize(1);
        assertThat(stored().answered("anna k1")).isNotNull();
        assertThat(reported).containsExactly(id);
    }

    @Test
    void an_event_is_stored_in_its_final_text_and_names_the_hash_of_the_one_before() {
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
        count(aggregates(), "one");

        List<OutboxEntry> outbox = stored().outbox();
        OutboxEntry first = outbox.getFirst();
        assertThat(first.data()).isEqualTo("{\"title\":\"votes\"}");
        assertThat(first.headers())
                .containsEntry("ce_id", "tally/" + id + "/1")
                .containsEntry("ce_source", "/koinon/tallies")
                .containsEntry("ce_type", "koinon.tally.opened.v1")
                .containsEntry("ce_time", "2026-05-04T12:00:00Z")
                .containsEntry("ce_actor", "anna")
                .doesNotContainKey("ce_previous");
        assertThat(outbox.get(1).headers())
                .containsEntry(
                        "ce_previous",
                        CloudEventWriter.hash(first.headers(), first.data().getBytes(UTF_8)));
    }

    @Test
    void time_never_goes_back_within_an_aggregate() {
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
        Actor earlier = new Actor("anna", List.of(), null, null, NOON.minusSeconds(60));
        aggregates().change(Tally.class, id, Command.of(earlier), it -> it.count("one", earlier));

        assertThat(stored().outbox().get(1).headers()).containsEntry("ce_time", "2026-05-04T12:00:00Z");
    }

    @Test
    void a_repeated_key_gets_the_same_answer_and_changes_nothing() {
        CommandResult created = aggregates().create(Tally.open(id, "votes", ANNA), keyed("k1", "d1"));
        CommandResult first = aggregates().change(Tally.class, id, keyed("k2", "d2"), it -> it.count("one", ANNA));
        count(aggregates(), "two");

        assertThat(aggregates().change(Tally.class, id, keyed("k2", "d2"), it -> it.count("one", ANNA)))
                .isEqualTo(first);
        assertThat(aggregates().create(Tally.open(id, "votes", ANNA), keyed("k1", "d1")))
                .isEqualTo(created);
        assertThat(stored().counted()).containsExactly("one", "two");
    }

    @Test
    void a_repeated_creation_is_answered_before_it_is_judged_again() {
        CommandResult created = aggregates().create(Tally.class, keyed(id, "d1"), it -> Tally.open(it, "votes", ANNA));

        CommandResult repeated = aggregates().create(Tally.class, keyed(id, "d1"), it -> {
            throw new RuleViolation("too-late", "It is too late now.");
        });
        assertThat(repeated).isEqualTo(created);
        assertThatThrownBy(() -> aggregates().create(Tally.class, keyed(id, "other"), it -> Tally.open(it, "x", ANNA)))
                .isInstanceOf(RequestRejected.KeyReused.class);
    }

    @Test
    void the_answer_to_a_creation_is_kept_for_ever_beside_the_last_hundred() {
        CommandResult created = aggregates().create(Tally.open(id, "votes", ANNA), keyed("k0", "d0"));
        List<CommandResult> answers = IntStream.rangeClosed(1, 150)
                .mapToObj(n ->
                        aggregates().change(Tally.class, id, keyed("k" + n, "d" + n), it -> it.count("n" + n, ANNA)))
                .toList();

        assertThat(aggregates().create(Tally.open(id, "votes", ANNA), keyed("k0", "d0")))
                .isEqualTo(created);
        assertThat(aggregates().change(Tally.class, id, keyed("k51", "d51"), it -> it.count("again", ANNA)))
                .isEqualTo(answers.get(50));
        assertThat(stored().answered("anna k50")).isNull();
    }

    @Test
    void a_key_of_a_creation_is_of_caller_and_path_whatever_the_id() {
        var keys = new IdempotencyKeys(mongo);
        String key = UUID.randomUUID().toString();
        CommandResult created = aggregates().create(keyed(key, "d1"), () -> Tally.open(id, "votes", ANNA));
        String other = UUID.randomUUID().toString();

        assertThat(aggregates().create(keyed(key, "d1"), () -> Tally.open(id, "votes", ANNA)))
                .isEqualTo(created);
        assertThatThrownBy(() -> aggregates().create(keyed(key, "d2"), () -> Tally.open(other, "votes", ANNA)))
                .isInstanceOf(RequestRejected.KeyReused.class);
        assertThat(mongo.findById(other, Tally.class)).isNull();
        assertThatThrownBy(() -> keys.once(keyed(key, "d2"), String.class, () -> "done"))
                .isInstanceOf(RequestRejected.KeyReused.class);
    }

    @Test
    void a_refused_creation_has_not_used_its_key() {
        String key = UUID.randomUUID().toString();
        assertThatThrownBy(() -> aggregates().create(keyed(key, "d1"), () -> {
                    throw new ValidationFailed("/title", "no", "No.");
                }))
                .isInstanceOf(ValidationFailed.class);

        assertThat(aggregates()
                        .create(keyed(key, "d2"), () -> Tally.open(id, "votes", ANNA))
                        .id())
                .isEqualTo(id);
    }

    @Test
    void what_was_cut_off_is_done_again_and_two_at_once_answer_the_same() throws Exception {
        var keys = new IdempotencyKeys(mongo);
        String key = UUID.randomUUID().toString();
        assertThatThrownBy(() -> keys.once(keyed(key, "d1"), String.class, () -> {
                    throw new IllegalStateException("cut off");
                }))
                .isInstanceOf(IllegalStateException.class);

        List<String> results = Race.of(20, n -> keys.once(keyed(key, "d1"), String.class, () -> "done by " + n));

        assertThat(results).hasSize(20).containsOnly(results.getFirst());
        assertThatThrownBy(() -> keys.once(keyed(key, "d2"), String.class, () -> "other"))
                .isInstanceOf(RequestRejected.KeyReused.class);
    }

    @Test
    void a_key_with_another_request_is_refused() {
        aggregates().create(Tally.open(id, "votes", ANNA), keyed("k1", "d1"));

        assertThatThrownBy(() -> aggregates().change(Tally.class, id, keyed("k1", "other"), it -> it.count("x", ANNA)))
                .isInstanceOf(RequestRejected.KeyReused.class);
        assertThatThrownBy(() -> aggregates().create(Tally.open(id, "votes", ANNA), keyed("k1", "other")))
                .isInstanceOf(RequestRejected.KeyReused.class);
    }

    @Test
    void a_key_is_its_callers_own() {
        aggregates().create(Tally.open(id, "votes", ANNA), keyed("k1", "d1"));
        Actor bob = new Actor("bob", List.of(), null, null, NOON);
        Command same = new Command(bob, new Command.Key("k1", "/tallies", "d2"), Command.Precondition.NONE, null);

        aggregates().change(Tally.class, id, same, it -> it.count("bob's", bob));
        assertThat(stored().counted()).containsExactly("bob's");
    }

    @Test
    void one_key_fired_fifty_times_at_once_has_one_effect() throws Exception {
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
        List<Aggregates> copies = List.of(aggregates(), aggregates());

        List<CommandResult> answers = Race.of(
                50, n -> copies.get(n % 2).change(Tally.class, id, keyed("k2", "d2"), it -> it.count("once", ANNA)));

        assertThat(answers).hasSize(50).containsOnly(answers.getFirst());
        assertThat(stored().counted()).containsExactly("once");
    }

    @Test
    void racing_commands_of_two_copies_all_take_effect() throws Exception {
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
        List<Aggregates> copies = List.of(aggregates(), aggregates());

        Race.of(40, n -> {
            count(copies.get(n % 2), "n" + n);
            return n;
        });

        assertThat(stored().counted()).hasSize(40).doesNotHaveDuplicates();
        assertThat(stored().outbox())
                .extracting(OutboxEntry::sequence)
                .isSorted()
                .hasSize(41);
    }

    @Test
    void a_stale_version_is_refused_and_a_part_has_its_own() {
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
        count(aggregates(), "left");
        count(aggregates(), "right");
        Command sawTwo = new Command(ANNA, null, Command.Precondition.of(Set.of(2L)), null);

        assertThatThrownBy(() -> aggregates().change(Tally.class, id, sawTwo, it -> it.count("left", ANNA)))
                .isInstanceOf(RequestRejected.Stale.class);
        CommandResult answer = aggregates()
                .change(
                        Aggregates.Target.of(Tally.class, id, _ -> true).part("left"),
                        sawTwo,
                        it -> it.count("left", ANNA));
        assertThat(answer.etag()).isEqualTo(4);
    }

    @Test
    void refusals_come_in_one_order_hidden_used_key_right_version_rule() {
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
        aggregates().change(Tally.class, id, keyed("used", "d1"), it -> it.count("one", ANNA));
        Consumer<Tally> forbidden = _ -> {
            throw new AccessDenied("no-mandate", "No.");
        };
        Consumer<Tally> broken = _ -> {
            throw new RuleViolation("too-late", "No.");
        };
        Consumer<Tally> invalid = _ -> {
            throw new ValidationFailed("/when", "no", "No.");
        };
        var hidden = Aggregates.Target.of(Tally.class, id, _ -> false);
        var shown = Aggregates.Target.of(Tally.class, id, _ -> true);

        for (var precondition : List.of(Command.Precondition.MISSING, Command.Precondition.of(Set.of(1L)))) {
            Command reused = new Command(ANNA, new Command.Key("used", "/tallies", "d2"), precondition, null);
            Command fresh = new Command(ANNA, new Command.Key("fresh", "/tallies", "d3"), precondition, null);
            refused(RequestRejected.NotFound.class, hidden, reused, forbidden);
            refused(RequestRejected.KeyReused.class, shown, reused, forbidden);
            refused(AccessDenied.class, shown, fresh, forbidden);
            Class<?> version =
                    precondition.missing() ? RequestRejected.VersionRequired.class : RequestRejected.Stale.class;
            for (var command : List.of(broken, invalid, (Consumer<Tally>) it -> it.count("two", ANNA)))
                refused(version, shown, fresh, command);
        }
        Command current = new Command(ANNA, null, Command.Precondition.of(Set.of(1L, 2L)), null);
        refused(RuleViolation.class, shown, current, broken);
        refused(ValidationFailed.class, shown, current, invalid);
        assertThat(stored().sequence()).isEqualTo(2);
    }

    private void refused(Class<?> how, Aggregates.Target<Tally> target, Command command, Consumer<Tally> change) {
        assertThatThrownBy(() -> aggregates().change(target, command, change)).isInstanceOf(how);
    }

    @Test
    void a_part_that_is_not_there_is_not_found() {
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
        var part = Aggregates.Target.of(Tally.class, id, _ -> true).part("left", _ -> false);

        refused(RequestRejected.NotFound.class, part, Command.of(ANNA), it -> it.count("left", ANNA));
    }

    @Test
    void what_a_rule_refuses_has_changed_nothing() {
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
        aggregates().change(Tally.class, id, Command.of(ANNA), it -> it.close(ANNA));

        assertThatThrownBy(() -> count(aggregates(), "late"))
                .isInstanceOf(RuleViolation.class)
                .hasMessage("This is possible in OPEN. It is CLOSED: open another.");
        assertThat(stored().sequence()).isEqualTo(2);
    }

    @Test
    void a_refusal_of_its_state_says_since_when_it_is_in_it_and_in_which_capacity_somebody_brought_it_there() {
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
        Mandate mandate = new Mandate("m1", "keeper", "tallies", null, null, null);
        Actor keeper = new Actor("ben", List.of(mandate), null, null, NOON.plusSeconds(60)).as(mandate.right());
        aggregates().change(Tally.class, id, Command.of(keeper), it -> it.close(keeper));

        assertThatThrownBy(() -> count(aggregates(), "late"))
                .isInstanceOfSatisfying(RuleViolation.class, it -> {
                    assertThat(it.rule()).isEqualTo("wrong-state");
                    assertThat(it.sentence().values())
                            .containsEntry("since", NOON.plusSeconds(60).toString())
                            .containsEntry("by", "keeper@tallies");
                })
                .hasMessage("This is possible in OPEN. It is CLOSED since " + NOON.plusSeconds(60)
                        + ", by keeper@tallies: open another.");
    }

    @Test
    void a_thousand_events_waiting_for_the_broker_are_enough() {
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
        aggregates()
                .change(
                        Tally.class,
                        id,
                        Command.of(ANNA),
                        it -> IntStream.range(1, Aggregates.MOST_UNSENT).forEach(n -> it.count("n" + n, ANNA)));

        assertThatThrownBy(() -> count(aggregates(), "one more")).isInstanceOf(RequestRejected.Busy.class);
    }

    @Test
    void events_waiting_for_the_broker_are_enough_before_their_document_is_too_large() {
        String aLot = "x".repeat(200_000);
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
        aggregates()
                .change(
                        Tally.class,
                        id,
                        Command.of(ANNA),
                        it -> IntStream.rangeClosed(1, 20).forEach(_ -> it.count(aLot, ANNA)));

        assertThatThrownBy(() -> count(aggregates(), "one more")).isInstanceOf(RequestRejected.Busy.class);
    }

    @Test
    void an_event_over_256_KB_is_refused_with_its_command() {
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));

        assertThatThrownBy(() -> count(aggregates(), "x".repeat(300_000)))
                .isInstanceOfSatisfying(
                        RuleViolation.class, it -> assertThat(it.rule()).isEqualTo("too-large"));
        assertThat(stored().sequence()).isEqualTo(1);
    }

    @Test
    void what_is_not_there_is_not_found() {
        assertThatThrownBy(() -> count(aggregates(), "one")).isInstanceOf(RequestRejected.NotFound.class);
    }

    @Test
    void a_duplicate_and_a_late_event_have_no_effect() {
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
        on("other/a", 2, "second");
        on("other/a", 2, "second");
        on("other/a", 1, "first, late");

        assertThat(stored().counted()).containsExactly("second");
    }

    @Test
    void the_first_event_of_a_second_source_is_not_late() {
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
        on("other/a", 7, "from a");
        on("other/b", 1, "from b");

        assertThat(stored().counted()).containsExactly("from a", "from b");
    }

    @Test
    void an_event_that_comes_before_its_document_is_kept_and_the_thing_is_not_there_yet() {
        on("other/a", 1, "early");

        assertThat(stored().envelope()).containsExactly("early");
        assertThatThrownBy(() -> count(aggregates(), "one")).isInstanceOf(RequestRejected.NotFound.class);
    }

    @Test
    void a_reaction_names_its_cause() {
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
        on("other/a", 3, "x");

        assertThat(stored().outbox().getLast().headers())
                .containsEntry("ce_cause", "other/a/3")
                .containsEntry("ce_actor", "system:tallies");
    }

    @Test
    void two_sources_that_create_one_document_at_once_are_both_heard() throws Exception {
        for (int round = 0; round < 25; round++) {
            id = UUID.randomUUID().toString();
            Race.of(2, n -> {
                on("other/" + (n == 0 ? "a" : "b"), 1, "from " + n);
                return n;
            });
            assertThat(stored().envelope()).containsExactlyInAnyOrder("from 0", "from 1");
        }
    }

    @Test
    void two_sources_that_create_one_known_document_at_once_are_both_kept() throws Exception {
        ReplicaWriter known = new ReplicaWriter(mongo);
        for (int round = 0; round < 25; round++) {
            String fresh = UUID.randomUUID().toString();
            Race.of(2, n -> {
                String field = n == 0 ? "a" : "b";
                known.set(Tally.class, fresh, envelope("other/" + field, 1), new Update().set("said_" + field, true));
                return n;
            });
            assertThat(mongo.findById(fresh, org.bson.Document.class, "tallies"))
                    .containsEntry("said_a", true)
                    .containsEntry("said_b", true);
            mongo.remove(new Tally(fresh));
        }
    }

    @Test
    void a_known_document_ignores_what_is_late() {
        ReplicaWriter known = new ReplicaWriter(mongo);
        known.set(Tally.class, id, envelope("other/a", 2), new Update().set("name", "new"));
        known.set(Tally.class, id, envelope("other/a", 1), new Update().set("name", "old"));

        assertThat(mongo.findById(id, org.bson.Document.class, "tallies")).containsEntry("name", "new");
        mongo.remove(new Tally(id));
    }

    @Test
    void no_class_name_is_stored() {
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));

        assertThat(mongo.findById(id, org.bson.Document.class, "tallies").toJson())
                .doesNotContain("_class")
                .doesNotContain(Aggregate.class.getPackageName());
    }

    // Next actions.

    private List<String> headers(String name) {
        return stored().outbox().stream().map(it -> it.headers().get(name)).toList();
    }

    @Test
    void each_event_carries_the_state_after_it_and_the_next_actions() {
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
        aggregates().change(Tally.class, id, Command.of(ANNA), it -> it.close(ANNA));
        assertThat(headers("ce_state")).containsExactly("OPEN", "CLOSED");
        assertThat(headers("ce_next")).containsExactly("[]", "[]");
    }

    @Test
    void what_was_heard_and_changes_only_the_next_actions_is_published_once_and_moves_no_version() {
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
        long version = stored().etag(null);
        on("source/1", 1, Tally.ENOUGH);
        on("source/2", 1, Tally.ENOUGH);
        assertThat(headers("ce_type")).containsExactly("koinon.tally.opened.v1", "koinon.tally.next-changed.v1");
        assertThat(headers("ce_next").getLast()).contains("\"action\":\"tally.close\"", "\"right\":\"keeper@tallies\"");
        assertThat(stored().etag(null)).isEqualTo(version);
        assertThat(stored().sequence()).isEqualTo(2);
    }

    @Test
    void a_document_that_was_stored_without_a_revision_keeps_its_version_when_next_actions_change() {
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
        count(aggregates(), "one");
        mongo.updateFirst(new BasicQuery(new Document("_id", id)), new Update().unset("revision"), "tallies");
        assertThat(stored().version()).isEqualTo(2);
        on("source/1", 1, Tally.ENOUGH);
        assertThat(stored().sequence()).isEqualTo(3);
        assertThat(stored().version()).isEqualTo(2);
    }

    @Test
    void a_placeholder_publishes_no_next_actions() {
        on("source/1", 1, Tally.ENOUGH);
        assertThat(stored().outbox()).isEmpty();
        assertThat(stored().sequence()).isZero();
    }

    @Test
    void other_next_actions_than_those_published_last_are_published_after_a_start() {
        aggregates().create(Tally.open(id, "votes", ANNA), Command.of(ANNA));
        assertThat(Aggregates.hasNewNextActions(stored())).isFalse();
        assertThat(aggregates().republishNextActions(Tally.class, id)).isFalse();
        // As if the code had listed other actions when the last event was raised.
        mongo.updateFirst(
                new BasicQuery(new Document("_id", id)), new Update().set("publishedNext", "another"), "tallies");
        assertThat(Aggregates.hasNewNextActions(stored())).isTrue();
        assertThat(aggregates().republishNextActions(Tally.class, id)).isTrue();
        assertThat(aggregates().republishNextActions(Tally.class, id)).isFalse();
        assertThat(headers("ce_type")).containsExactly("koinon.tally.opened.v1", "koinon.tally.next-changed.v1");
    }
}
