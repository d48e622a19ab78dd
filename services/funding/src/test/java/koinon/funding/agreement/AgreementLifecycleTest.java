package koinon.funding.agreement;

import static koinon.funding.TestActors.FUNDER;
import static koinon.funding.TestActors.approver;
import static koinon.funding.TestActors.officer;
import static koinon.funding.TestActors.signatory;
import static koinon.funding.TestActors.system;
import static koinon.funding.agreement.AgreementFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import koinon.eventing.document.EventJson;
import koinon.eventing.rule.RuleViolation;
import koinon.funding.agreement.AgreementEvent.*;
import koinon.funding.agreement.AgreementFacts.FundAnswer;
import koinon.funding.ledger.Posting;
import koinon.funding.project.KnownProject;
import koinon.testing.contract.Contracts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The complete lifecycle of an agreement: every command and every received event in every state.
class AgreementLifecycleTest {

    static final Map<State, Supplier<Agreement>> IN_STATE = new EnumMap<>(State.class);

    static {
        IN_STATE.put(State.PLACEHOLDER, () -> Agreement.placeholder(ID));
        IN_STATE.put(State.REQUESTED, AgreementFixture::requested);
        IN_STATE.put(State.RESERVED, AgreementLifecycleTest::approvedOne);
        IN_STATE.put(State.REFUSED, AgreementFixture::refused);
        IN_STATE.put(State.RELEASED, AgreementFixture::released);
        IN_STATE.put(State.OFFERED, AgreementFixture::offered);
        IN_STATE.put(State.DECLINED, AgreementFixture::declined);
        IN_STATE.put(State.SIGNED, AgreementFixture::signed);
        IN_STATE.put(State.IN_FORCE, AgreementFixture::active);
        IN_STATE.put(State.SUSPENDED, AgreementFixture::suspended);
        IN_STATE.put(State.TERMINATED, AgreementFixture::terminated);
        IN_STATE.put(State.CLOSED, AgreementFixture::closed);
    }

    private static final Map<String, Consumer<Agreement>> COMMANDS = new LinkedHashMap<>();
    private static final Map<String, Set<State>> ALLOWED = new LinkedHashMap<>();

    static {
        command("offer", it -> it.offer(null, officer()), State.RESERVED, State.DECLINED);
        command("sign", it -> it.sign(null, signatory("vn-hanoi")), State.OFFERED);
        command("decline", it -> it.decline("No.", signatory("vn-hanoi")), State.OFFERED);
        command("countersign", it -> it.countersign(approver()), State.SIGNED);
        command("request", it -> it.request("advance", officer()), State.IN_FORCE);
        command("authorise", it -> it.authorise("advance", approver()));
        command("send", it -> it.send("advance", "KN-1", officer()));
        command("paid", it -> it.paid("advance", booked(it, "advance"), approver()), State.TERMINATED);
        command("failed", it -> it.failed("advance", "No.", approver()), State.TERMINATED);
        command("bounced", it -> it.bounced("advance", "No.", approver()));
        command("cancel", it -> it.cancel("advance", "No.", approver()), State.IN_FORCE);
    }

    private static final Map<String, Consumer<Agreement>> HEARD = new LinkedHashMap<>();

    static {
        HEARD.put("selected 1", it -> selected(it, 1));
        HEARD.put("selected 2", it -> selected(it, 2));
        HEARD.put("reserved 1", it -> reserves(it, 1));
        HEARD.put("reserved 2", it -> reserves(it, 2));
        HEARD.put(
                "refused 1",
                it -> it.on(facts -> facts.answered(new FundAnswer(1, null, "There is no such fund.")), system()));
        HEARD.put("approved 1", it -> approved(it, 1));
        HEARD.put("approved 2", it -> approved(it, 2));
        for (int selection : List.of(0, 1, 2))
            HEARD.put(
                    "reserve-listed " + selection,
                    it -> it.on(facts -> facts.reserveListed(selection, "No money."), system()));
        for (KnownProject.State state : KnownProject.State.values())
            HEARD.put("project " + state, it -> project(it, state));
        HEARD.put("verified", it -> verified(it, "m1", "0.5"));
        HEARD.put("verified by a dotted name", it -> verified(it, "m.1", "1"));
        HEARD.put("withdrawn", it -> withdrawn(it, "m1"));
    }

    private static void command(String name, Consumer<Agreement> command, State... allowed) {
        COMMANDS.put(name, command);
        EnumSet<State> states = EnumSet.noneOf(State.class);
        states.addAll(List.of(allowed));
        ALLOWED.put(name, states);
    }

    private static Agreement approvedOne() {
        Agreement it = reserved();
        approved(it, 1);
        return it;
    }

    @ParameterizedTest
    @EnumSource
    void the_fixture_reaches_every_state(State state) {
        assertThat(IN_STATE.get(state).get().state()).isEqualTo(state);
    }

    static Stream<String> commands() {
        return COMMANDS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_command_is_possible_in_its_states_and_refused_in_all_others_without_a_trace(String name) {
        for (State state : State.values()) {
            Agreement it = IN_STATE.get(state).get();
            long before = it.events().size();
            if (ALLOWED.get(name).contains(state)) {
                COMMANDS.get(name).accept(it);
                assertThat(it.events().size()).as(name + " in " + state).isGreaterThan((int) before);
            } else {
                assertThat(refusal(it, COMMANDS.get(name)))
                        .as(name + " in " + state)
                        .isNotNull();
                assertThat(it.events()).hasSize((int) before);
                assertThat(it.state()).isEqualTo(state);
            }
        }
    }

    static Stream<String> reactions() {
        return HEARD.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("reactions")
    void every_received_event_is_accepted_in_every_state_and_its_repetition_changes_nothing(String name) {
        for (State state : State.values()) {
            Agreement it = IN_STATE.get(state).get();
            HEARD.get(name).accept(it);
            State after = it.state();
            List<AgreementEvent> events = it.events();
            HEARD.get(name).accept(it);

            assertThat(it.state()).as(name + " again in " + state).isEqualTo(after);
            assertThat(it.events()).as(name + " again in " + state).isEqualTo(events);
        }
    }

    @Test
    void every_pair_of_received_events_leads_to_the_same_state_in_either_order_before_there_is_an_agreement() {
        for (var one : List.of("selected 1", "reserved 1", "approved 1", "verified"))
            for (var other : List.of("selected 1", "reserved 1", "approved 1", "verified")) {
                Agreement there = Agreement.placeholder(ID);
                HEARD.get(one).accept(there);
                HEARD.get(other).accept(there);
                Agreement back = Agreement.placeholder(ID);
                HEARD.get(other).accept(back);
                HEARD.get(one).accept(back);

                assertThat(there.state()).as(one + ", " + other).isEqualTo(back.state());
            }
    }

    private static @Nullable RuleViolation refusal(Agreement it, Consumer<Agreement> command) {
        try {
            command.accept(it);
            return null;
        } catch (RuleViolation e) {
            return e;
        }
    }

    @Test
    void the_bank_returns_what_it_paid_also_to_an_agreement_that_is_closed() {
        Agreement it = active();
        paid(it, "advance");
        project(it, KnownProject.State.TERMINATED);
        assertThat(it.state()).isEqualTo(State.CLOSED);

        assertThat(refusal(it, closed -> closed.bounced("advance", "No.", approver())))
                .isNull();
    }

    @Test
    void its_events_are_what_the_contracts_say() {
        List<Posting> commits = Posting.move(eur("85000"), Posting.held(FUND), Posting.outstanding(ID));
        List<Posting> rest = Posting.move(eur("4781.25"), Posting.outstanding(ID), Posting.held(FUND));
        List<Posting> pays = Posting.move(eur("20718.75"), Posting.outstanding(ID), Posting.paid(ID));
        List<Posting> bounces = Posting.move(eur("20718.75"), Posting.paid(ID), Posting.outstanding(ID));
        String lists = "The attendance lists were of another event.";
        Contracts.publishes(
                "funding",
                AgreementEvent.class,
                EventJson.mapper()::writeValueAsString,
                new AgreementRequested(PROJECT, CALL, FUND, 1, eur("85000"), "vn-hanoi", PARTNERS),
                new AgreementReserved(PROJECT, FUND, FUNDER, 1, eur("85000")),
                new AgreementRefused(PROJECT, FUND, FUNDER, 1, "The fund has nothing set aside for this call."),
                new AgreementReleased(PROJECT, FUND, 1, eur("85000"), "Another fund refused."),
                new AgreementOffered(PROJECT, FUND, eur("85000"), scheme(1).of(eur("85000"))),
                new AgreementDeclined(PROJECT, FUND, "The council asks for a smaller advance."),
                new AgreementSigned(PROJECT, FUND),
                new AgreementEvent.NextChanged(PROJECT, FUND),
                new AgreementEvent.TextRedacted(
                        PROJECT,
                        FUND,
                        "hKV5bkL2Yw0cB1Jf0m7qvVt3o9sQ4dXeUuRzN8iGaPE",
                        "It named a person who did not agree to it."),
                new AgreementInForce(PROJECT, FUND, FUNDER, eur("85000"), commits),
                new AgreementSuspended(PROJECT, FUND),
                new AgreementResumed(PROJECT, FUND),
                new AgreementTerminated(PROJECT, FUND, "The lead city withdrew its staff."),
                new AgreementClosed(PROJECT, FUND, FUNDER, eur("4781.25"), rest),
                new TranchePayable(PROJECT, FUND, "interim", eur("20718.75")),
                new TrancheWithheld(PROJECT, FUND, "interim", lists),
                new TrancheRequested(PROJECT, FUND, "interim", eur("20718.75")),
                new TrancheAuthorised(PROJECT, FUND, "interim"),
                new TrancheSent(PROJECT, FUND, "interim", "KN-2026-0042"),
                new TranchePaid(
                        PROJECT,
                        FUND,
                        FUNDER,
                        "interim",
                        eur("20718.75"),
                        "BNK-778120",
                        LocalDate.parse("2026-01-15"),
                        eur("20708.75"),
                        eur("10"),
                        pays),
                new TrancheFailed(PROJECT, FUND, "interim", "The account number is not valid."),
                new TrancheBounced(
                        PROJECT, FUND, FUNDER, "interim", eur("20718.75"), "The account is closed.", bounces),
                new TrancheCancelled(PROJECT, FUND, "interim", "The beneficiary gave it up."),
                new TrancheUnfounded(PROJECT, FUND, "interim", lists),
                new TrancheFounded(PROJECT, FUND, "interim"),
                new AgreementEvent.TranchePaymentReversed(
                        PROJECT,
                        FUND,
                        FUNDER,
                        "interim",
                        eur("20718.75"),
                        "The booking was of another agreement.",
                        bounces),
                new AgreementEvent.TrancheRestored(
                        PROJECT, FUND, "interim", "Another tranche was meant to be cancelled."));
    }
}
