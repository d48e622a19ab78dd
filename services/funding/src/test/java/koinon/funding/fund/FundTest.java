package koinon.funding.fund;

import static koinon.funding.TestActors.FUNDER;
import static koinon.funding.TestActors.officer;
import static koinon.funding.TestActors.system;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.List;
import koinon.eventing.actor.Actor;
import koinon.eventing.document.EventJson;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Money;
import koinon.funding.TestActors;
import koinon.funding.fund.FundEvent.CallSetAside;
import koinon.funding.fund.FundEvent.EnvelopeLowered;
import koinon.funding.fund.FundEvent.EnvelopeRaised;
import koinon.funding.fund.FundEvent.FundOpened;
import koinon.funding.fund.FundEvent.FundRefused;
import koinon.funding.fund.FundEvent.FundReleased;
import koinon.funding.fund.FundEvent.FundReserved;
import koinon.funding.ledger.Posting;
import koinon.testing.contract.Contracts;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FundTest {

    private static final String ID = "9f4c2b7e-6d1a-4e55-8c3b-2a7d0e9b1c44";
    private static final String CALL = "7d7e0f5a-0f0c-4b6a-8a53-7a1c7a2b9e01";
    private static final String PROJECT = "5b1d7a52-3c0e-4a3b-9a0e-1f2f6a4c8d10";
    private static final String AGREEMENT = "20aa94c8-c85e-3682-9ff6-e726f1726a85";

    @Test
    void an_officer_opens_an_empty_fund() {
        Fund fund = open();

        assertThat(fund.events()).containsExactly(new FundOpened(FUNDER, "Nordic Fund", "EUR", null));
        assertThat(fund.state()).isEqualTo(Fund.State.OPEN);
        assertThat(fund.envelope()).isEqualTo(eur("0"));
    }

    @Test
    void only_an_officer_of_the_funder_opens_a_fund() {
        assertThatExceptionOfType(AccessDenied.class)
                .isThrownBy(() -> Fund.open(ID, "other", "Nordic Fund", "EUR", null, officer()));
        assertThatExceptionOfType(AccessDenied.class)
                .isThrownBy(() -> Fund.open(ID, FUNDER, "Nordic Fund", "EUR", null, TestActors.approver()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EUX", "XXX", "XTS", "XAU", "DEM"})
    void a_fund_in_a_currency_that_nobody_pays_in_is_refused(String currency) {
        assertThatExceptionOfType(ValidationFailed.class)
                .isThrownBy(() -> Fund.open(ID, FUNDER, "Nordic Fund", currency, null, officer()));
    }

    @Test
    void raising_the_envelope_moves_money_from_the_funder_to_what_is_available() {
        Fund fund = open();
        fund.raiseEnvelope(eur("500000"), "Budget of 2026.", officer());

        assertThat(fund.envelope()).isEqualTo(eur("500000"));
        assertThat(last(fund))
                .isEqualTo(new EnvelopeRaised(
                        FUNDER,
                        eur("500000"),
                        "Budget of 2026.",
                        List.of(
                                new Posting("funder/" + FUNDER, eur("-500000")),
                                new Posting("fund/" + ID + "/available", eur("500000")))));
    }

    @Test
    void an_envelope_is_raised_by_an_officer_only_by_more_than_nothing_and_in_its_currency() {
        Fund fund = open();

        assertThatExceptionOfType(AccessDenied.class)
                .isThrownBy(() -> fund.raiseEnvelope(eur("1"), "More.", TestActors.secretariat()));
        assertThatExceptionOfType(ValidationFailed.class)
                .isThrownBy(() -> fund.raiseEnvelope(eur("0"), "More.", officer()));
        assertThatExceptionOfType(ValidationFailed.class)
                .isThrownBy(() -> fund.raiseEnvelope(eur("-5"), "More.", officer()));
        assertThatExceptionOfType(ValidationFailed.class)
                .isThrownBy(() -> fund.raiseEnvelope(Money.of("5", "USD"), "More.", officer()));
        assertThat(fund.envelope()).isEqualTo(eur("0"));
    }

    @Test
    void an_envelope_stays_below_the_bound_of_its_currency() {
        Fund fund = open();
        fund.raiseEnvelope(eur("999999999999.00"), "All there is.", officer());

        assertThatExceptionOfType(ValidationFailed.class)
                .isThrownBy(() -> fund.raiseEnvelope(eur("1"), "More.", officer()));
        fund.raiseEnvelope(eur("0.99"), "The rest.", officer());
        assertThat(fund.envelope()).isEqualTo(eur("999999999999.99"));
    }

    @Test
    void a_programme_in_dong_is_trillions_and_its_sums_stay_exact() {
        Fund fund = Fund.open("fund-1", FUNDER, "A fund", "VND", null, officer());
        fund.raiseEnvelope(dong("9000000000000001"), "The programme.", officer());
        fund.setAside(CALL, dong("9000000000000001"), officer());

        for (int i = 0; i < 3_000; i++)
            fund.requested("agreement-" + i, "project-" + i, CALL, 1, dong("3000000000000"), "vn-hanoi", system());

        assertThat(fund.held()).isEqualTo(dong("9000000000000000"));
        assertThat(fund.freeFor(CALL)).isEqualTo(dong("1"));
        assertThat(fund.balances().values().stream().reduce(Money.zero("VND"), Money::plus))
                .isEqualTo(Money.zero("VND"));
        assertThatExceptionOfType(ValidationFailed.class)
                .isThrownBy(() -> fund.raiseEnvelope(dong("1000000000000000"), "More.", officer()));
    }

    @Test
    void the_fund_itself_bounds_the_values_of_commands() {
        Fund fund = open();

        assertThatExceptionOfType(ValidationFailed.class)
                .isThrownBy(() -> Fund.open("f", FUNDER, " ", "EUR", null, officer()));
        assertThatExceptionOfType(ValidationFailed.class)
                .isThrownBy(() -> Fund.open("f", FUNDER, "x".repeat(201), "EUR", null, officer()));
        for (String reason : new String[] {"", " ", "x".repeat(2_001)}) {
            assertThatExceptionOfType(ValidationFailed.class)
                    .isThrownBy(() -> fund.raiseEnvelope(eur("1"), reason, officer()));
            assertThatExceptionOfType(ValidationFailed.class)
                    .isThrownBy(() -> fund.lowerEnvelope(eur("1"), reason, officer()));
        }
        assertThatExceptionOfType(ValidationFailed.class).isThrownBy(() -> fund.setAside(CALL, eur("-1"), officer()));
        assertThatExceptionOfType(ValidationFailed.class)
                .isThrownBy(() -> fund.setAside(CALL, eur("1000000000000"), officer()));
    }

    private static Money dong(String amount) {
        return Money.of(amount, "VND");
    }

    @Test
    void lowering_the_envelope_moves_it_back_as_far_as_it_is_not_set_aside() {
        Fund fund = withSetAside("500", "200");

        refused("set-aside", () -> fund.lowerEnvelope(eur("300.01"), "Cut.", officer()));
        fund.lowerEnvelope(eur("300"), "Cut.", officer());

        assertThat(fund.envelope()).isEqualTo(eur("200"));
        assertThat(last(fund))
                .isEqualTo(new EnvelopeLowered(
                        FUNDER,
                        eur("300"),
                        "Cut.",
                        List.of(
                                new Posting("fund/" + ID + "/available", eur("-300")),
                                new Posting("funder/" + FUNDER, eur("300")))));
    }

    @Test
    void what_is_set_aside_for_calls_fits_the_envelope() {
        Fund fund = withSetAside("500", "200");

        refused("envelope", () -> fund.setAside("other-call", eur("300.01"), officer()));
        fund.setAside("other-call", eur("300"), officer());
        fund.setAside(CALL, eur("100"), officer());

        assertThat(last(fund)).isEqualTo(new CallSetAside(CALL, eur("100")));
        assertThat(fund.setAsideFor(CALL)).isEqualTo(eur("100"));
        assertThat(fund.setAside()).isEqualTo(eur("400"));
    }

    @Test
    void a_set_aside_is_made_by_an_officer_not_negative_and_for_a_call_with_a_proper_id() {
        Fund fund = withSetAside("500", "200");

        assertThatExceptionOfType(AccessDenied.class)
                .isThrownBy(() -> fund.setAside(CALL, eur("1"), TestActors.approver()));
        assertThatExceptionOfType(ValidationFailed.class).isThrownBy(() -> fund.setAside(CALL, eur("-1"), officer()));
        assertThatExceptionOfType(ValidationFailed.class).isThrownBy(() -> fund.setAside("a.b", eur("1"), officer()));
        assertThatExceptionOfType(ValidationFailed.class)
                .isThrownBy(() -> fund.setAside(CALL, Money.of("1", "USD"), officer()));
    }

    @Test
    void a_set_aside_never_falls_below_what_is_held_for_the_call() {
        Fund fund = withSetAside("500", "200");
        request(fund, AGREEMENT, "150");

        refused("held", () -> fund.setAside(CALL, eur("149.99"), officer()));
        fund.setAside(CALL, eur("150"), officer());

        assertThat(fund.freeFor(CALL)).isEqualTo(eur("0"));
    }

    @Test
    void each_set_aside_has_an_etag_of_its_own() {
        Fund fund = withSetAside("500", "200");
        long before = fund.etag(Fund.setAsidePart(CALL));
        fund.setAside("other-call", eur("10"), officer());

        assertThat(fund.etag(Fund.setAsidePart(CALL))).isEqualTo(before);
        assertThat(fund.etag(Fund.setAsidePart("other-call"))).isEqualTo(fund.sequence());
    }

    @Test
    void what_is_asked_for_is_held_when_the_set_aside_covers_it() {
        Fund fund = withSetAside("500", "200");
        request(fund, AGREEMENT, "200");

        assertThat(last(fund))
                .isEqualTo(new FundReserved(
                        FUNDER,
                        AGREEMENT,
                        PROJECT,
                        CALL,
                        1,
                        eur("200"),
                        List.of(
                                new Posting("fund/" + ID + "/available", eur("-200")),
                                new Posting("fund/" + ID + "/held", eur("200")))));
        assertThat(fund.held()).isEqualTo(eur("200"));
    }

    @Test
    void a_request_beyond_the_free_amount_is_refused_without_figures() {
        Fund fund = withSetAside("500", "200");
        request(fund, AGREEMENT, "150");
        request(fund, "another", "50.01");

        assertThat(refusal(fund)).isEqualTo("Less is free of what is set aside for this call than was asked for.");
        assertThat(fund.held()).isEqualTo(eur("150"));
    }

    @Test
    void a_request_for_a_call_without_a_set_aside_is_refused() {
        Fund fund = withSetAside("500", "200");
        fund.requested(AGREEMENT, PROJECT, "other-call", 1, eur("1"), "vn-hanoi", system());

        assertThat(refusal(fund)).isEqualTo("The fund has nothing set aside for this call.");
    }

    @Test
    void a_request_in_another_currency_is_refused() {
        Fund fund = withSetAside("500", "200");
        fund.requested(AGREEMENT, PROJECT, CALL, 1, Money.of("1", "USD"), "vn-hanoi", system());

        assertThat(refusal(fund)).isEqualTo("The fund pays in EUR, and USD was asked for.");
    }

    @Test
    void a_citys_own_fund_never_pays_that_city() {
        Fund fund = Fund.open(ID, FUNDER, "Hà Nội's own", "EUR", "vn-hanoi", officer());
        fund.raiseEnvelope(eur("500"), "Budget.", officer());
        fund.setAside(CALL, eur("200"), officer());
        request(fund, AGREEMENT, "10");

        assertThat(refusal(fund)).contains("never pays that city");

        fund.requested(AGREEMENT, PROJECT, CALL, 2, eur("10"), "ph-cebu-city", system());
        assertThat(fund.held()).isEqualTo(eur("10"));
    }

    @Test
    void a_request_for_nothing_is_refused() {
        Fund fund = withSetAside("500", "200");
        request(fund, AGREEMENT, "0");

        assertThat(refusal(fund)).isEqualTo("Nothing was asked for.");
    }

    @Test
    void a_fund_that_nobody_opened_refuses_so_that_nobody_waits_for_ever() {
        Fund fund = Fund.placeholder(ID);
        request(fund, AGREEMENT, "10");
        fund.released(AGREEMENT, "Not needed.", system());
        fund.closed(AGREEMENT, eur("1"), system());

        assertThat(fund.events())
                .containsExactly(
                        new FundRefused(null, AGREEMENT, PROJECT, CALL, 1, eur("10"), "There is no such fund."));
        assertThat(fund.state()).isEqualTo(Fund.State.PLACEHOLDER);
        assertThatExceptionOfType(AccessDenied.class)
                .isThrownBy(() -> fund.raiseEnvelope(eur("1"), "More.", officer()));
    }

    @Test
    void what_an_agreement_gives_back_is_available_again() {
        Fund fund = withSetAside("500", "200");
        request(fund, AGREEMENT, "150");
        fund.released(AGREEMENT, "Another fund refused.", system());

        assertThat(last(fund))
                .isEqualTo(new FundReleased(
                        FUNDER,
                        AGREEMENT,
                        PROJECT,
                        1,
                        eur("150"),
                        "Another fund refused.",
                        List.of(
                                new Posting("fund/" + ID + "/held", eur("-150")),
                                new Posting("fund/" + ID + "/available", eur("150")))));
        assertThat(fund.held()).isEqualTo(eur("0"));
        assertThat(fund.freeFor(CALL)).isEqualTo(eur("200"));
    }

    @Test
    void what_an_agreement_did_not_use_up_is_available_again_and_the_rest_stays_spent() {
        Fund fund = withSetAside("500", "200");
        request(fund, AGREEMENT, "150");
        fund.closed(AGREEMENT, eur("30"), system());

        assertThat(fund.held()).isEqualTo(eur("120"));
        assertThat(fund.freeFor(CALL)).isEqualTo(eur("80"));
    }

    @Test
    void an_agreement_that_used_up_everything_releases_nothing() {
        Fund fund = withSetAside("500", "200");
        request(fund, AGREEMENT, "150");
        long before = fund.sequence();
        fund.closed(AGREEMENT, eur("0"), system());

        assertThat(fund.sequence()).isEqualTo(before);
    }

    @Test
    void releases_of_what_is_not_held_change_nothing() {
        Fund fund = withSetAside("500", "200");
        long before = fund.sequence();
        fund.released(AGREEMENT, "Not needed.", system());
        fund.closed(AGREEMENT, eur("30"), system());
        fund.closed(AGREEMENT, Money.of("30", "USD"), system());

        assertThat(fund.sequence()).isEqualTo(before);
    }

    @Test
    void a_released_agreement_can_ask_anew() {
        Fund fund = withSetAside("500", "200");
        request(fund, AGREEMENT, "150");
        fund.released(AGREEMENT, "Another fund refused.", system());
        fund.requested(AGREEMENT, PROJECT, CALL, 2, eur("160"), "vn-hanoi", system());

        assertThat(fund.held()).isEqualTo(eur("160"));
    }

    @Test
    void its_events_are_what_the_contracts_say() {
        List<Posting> in = Posting.move(eur("500000"), Posting.funder(FUNDER), Posting.available(ID));
        List<Posting> out = Posting.move(eur("500000"), Posting.available(ID), Posting.funder(FUNDER));
        List<Posting> hold = Posting.move(eur("85000"), Posting.available(ID), Posting.held(ID));
        List<Posting> free = Posting.move(eur("85000"), Posting.held(ID), Posting.available(ID));
        Contracts.publishes(
                "funding",
                FundEvent.class,
                EventJson.mapper()::writeValueAsString,
                new FundOpened("vn-hanoi-city", "Hà Nội's own contribution", "EUR", "vn-hanoi"),
                new EnvelopeRaised(FUNDER, eur("500000"), "Budget of 2026.", in),
                new EnvelopeLowered(FUNDER, eur("500000"), "Budget of 2026.", out),
                new CallSetAside(CALL, eur("200000")),
                new FundReserved(FUNDER, AGREEMENT, PROJECT, CALL, 1, eur("85000"), hold),
                new FundRefused(
                        FUNDER,
                        AGREEMENT,
                        PROJECT,
                        CALL,
                        1,
                        eur("85000"),
                        "Less is free of what is set aside for this call than was asked for."),
                new FundReleased(FUNDER, AGREEMENT, PROJECT, 1, eur("85000"), "Another fund refused.", free));
    }

    private static Fund open() {
        return Fund.open(ID, FUNDER, "Nordic Fund", "EUR", null, officer());
    }

    private static Fund withSetAside(String envelope, String setAside) {
        Fund fund = open();
        fund.raiseEnvelope(eur(envelope), "Budget.", officer());
        fund.setAside(CALL, eur(setAside), officer());
        return fund;
    }

    private static void request(Fund fund, String agreement, String amount) {
        Actor by = system();
        fund.requested(agreement, PROJECT, CALL, 1, eur(amount), "vn-hanoi", by);
    }

    private static FundEvent last(Fund fund) {
        return fund.events().getLast();
    }

    private static String refusal(Fund fund) {
        assertThat(last(fund)).isInstanceOf(FundRefused.class);
        return ((FundRefused) last(fund)).reason();
    }

    private static void refused(String rule, ThrowingCallable command) {
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(command)
                .satisfies(it -> assertThat(it.rule()).isEqualTo(rule));
    }

    private static Money eur(String amount) {
        return new Money(new BigDecimal(amount), "EUR");
    }
}
