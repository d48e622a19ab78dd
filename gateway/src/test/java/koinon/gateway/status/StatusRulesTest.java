package koinon.gateway.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import koinon.eventing.topic.PartitionIndex;
import koinon.eventing.value.Money;
import koinon.eventing.value.Sentence;
import koinon.gateway.EventStories;
import koinon.gateway.audience.Audience;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.audience.Reason;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.status.Status.Health.Level;
import koinon.gateway.timeline.TimelineText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StatusRulesTest {

    static final PartitionIndex PARTITION_INDEX =
            new PartitionIndex(List.of("koinon.cities", "koinon.projects", "koinon.funding"));

    static final Reader HANOI = new Reader(Audience.PARTICIPANTS, Set.of("city/vn-hanoi"));

    private static RenderedStatus shown(EventStories stories, String at) {
        var contracts = Contracts.published();
        var currentReadModel = new CurrentReadModel(PARTITION_INDEX, new SimpleMeterRegistry());
        var statuses = new Statuses(currentReadModel, contracts, Clock.fixed(Instant.parse(at), ZoneOffset.UTC));
        stories.messages().forEach(currentReadModel.readModel()::accept);
        return statuses.find("p1").orElseThrow();
    }

    private static Status status(EventStories stories) {
        return shown(stories, "2026-03-02T00:00:00Z").status();
    }

    private static List<String> next(EventStories stories) {
        return status(stories).nextActions().stream()
                .map(it -> it.right() + ": " + it.says().text())
                .toList();
    }

    private static EventStories drafted() {
        return EventStories.none().cities().call().draft();
    }

    private static Status at(String time, UnaryOperator<EventStories> more) {
        return shown(more.apply(EventStories.active()), time).status();
    }

    @Test
    void a_recorded_decision_leaves_the_next_actions_to_all_but_the_network() {
        EventStories submitted = drafted().partners().committed().submitted();
        RenderedStatus before = shown(submitted, "2026-03-02T00:00:00Z");
        RenderedStatus after = shown(submitted.copy().recorded("ELIGIBLE"), "2026-03-02T00:00:00Z");
        Reader bangkok = new Reader(Audience.PARTICIPANTS, Set.of("city/th-bangkok"));

        assertThat(after.rendering(bangkok).etag())
                .isEqualTo(before.rendering(bangkok).etag());
        assertThat(new String(after.rendering(bangkok).bytes(), UTF_8)).contains("proposal.decide-eligibility");
        assertThat(new String(before.rendering(Reader.NETWORK).bytes(), UTF_8)).contains("proposal.decide-eligibility");
        assertThat(new String(after.rendering(Reader.NETWORK).bytes(), UTF_8))
                .doesNotContain("proposal.decide-eligibility", "networkActions");
    }

    @Test
    void the_phase_is_the_proposals_state_until_there_is_a_project_and_then_the_projects() {
        assertThat(status(drafted()).phase()).isEqualTo("DRAFT");
        assertThat(status(drafted().submitted()).phase()).isEqualTo("SUBMITTED");
        assertThat(status(drafted().submitted().eligible()).phase()).isEqualTo("ELIGIBLE");
        assertThat(status(drafted().submitted().eligible().selected()).phase()).isEqualTo("SELECTED");
        assertThat(status(drafted().approved()).phase()).isEqualTo("CONTRACTING");
        assertThat(status(EventStories.active()).phase()).isEqualTo("ACTIVE");
        assertThat(status(EventStories.active().project("suspended")).phase()).isEqualTo("SUSPENDED");
        assertThat(status(EventStories.active().project("suspended").project("resumed"))
                        .phase())
                .isEqualTo("ACTIVE");
        assertThat(status(EventStories.active().project("completed")).phase()).isEqualTo("COMPLETED");
        assertThat(status(EventStories.active().project("terminated")).phase()).isEqualTo("TERMINATED");
        assertThat(status(EventStories.active().project("terminated").project("closed"))
                        .phase())
                .isEqualTo("CLOSED");
        for (var end : Map.of(
                        "withdrawn", "WITHDRAWN",
                        "not-approved", "NOT_APPROVED",
                        "found-ineligible", "INELIGIBLE",
                        "reserve-listed", "RESERVE_LISTED",
                        "reopened", "DRAFT",
                        "returned", "RETURNED")
                .entrySet())
            assertThat(status(drafted()
                                    .submitted()
                                    .happens("proposal/p1", "proposal." + end.getKey(), "{'reason':'r'}"))
                            .phase())
                    .isEqualTo(end.getValue());
    }

    @Test
    void partners_are_shown_with_their_state_and_the_facts_of_their_city() {
        var status = status(drafted().partners());
        assertThat(status.lead().name()).isEqualTo("Hà Nội");
        assertThat(status.lead().field()).isEqualTo("Design");
        assertThat(status.partners())
                .extracting(it -> it.city().id() + " " + it.city().country() + " " + it.state())
                .containsExactly("vn-hanoi VN ACCEPTED", "th-bangkok TH ACCEPTED");
        assertThat(status.partners().getLast().grant()).isEqualTo(Money.of("40000.00", "EUR"));
        assertThat(status.partners().getLast().coFinancing()).isEqualTo(Money.of("5000.00", "EUR"));
        var lapsed = drafted()
                .partners()
                .committed()
                .happens("proposal/p1", "proposal.commitment-lapsed", "{'city':'th-bangkok','reason':'budget'}");
        assertThat(status(lapsed).partners().getLast().state()).isEqualTo("ACCEPTED");
        assertThat(status(lapsed).partners().getLast().reason().text()).isEqualTo("budget");
        assertThat(status(EventStories.active()).partners())
                .extracting(Status.Partner::state)
                .containsOnly("SIGNED");
    }

    @Test
    void a_partner_that_has_stepped_back_puts_it_at_risk_for_who_may_know() {
        for (var story : List.of(
                drafted()
                        .partners()
                        .committed()
                        .submitted()
                        .happens("proposal/p1", "proposal.partner-stepped-back", "{'city':'th-bangkok','reason':'no'}"),
                EventStories.active()
                        .happens("project/p1", "project.partner-stepped-back", "{'city':'th-bangkok','reason':'no'}")))
            assertThat(status(story).health().reasons())
                    .extracting(Sentence::text)
                    .contains("Bangkok: A partner city has stepped back.");
        var released = EventStories.active()
                .happens("project/p1", "project.partner-stepped-back", "{'city':'th-bangkok','reason':'no'}")
                .happens("project/p1", "project.partner-released", "{'city':'th-bangkok','reason':'The lead can.'}");
        assertThat(status(released).health().reasons())
                .extracting(Sentence::key)
                .doesNotContain("partner-stepped-back");
        assertThat(status(released).partners())
                .extracting(Status.Partner::state)
                .containsExactly("SIGNED", "RELEASED");
    }

    @Test
    void what_a_declined_partner_asked_for_is_no_longer_requested() {
        var declined = drafted()
                .partners()
                .happens("proposal/p1", "proposal.partner-declined", "{'city':'th-bangkok','reason':'no'}");
        assertThat(status(declined).money().getFirst().requested()).isEqualTo(Money.of("60000.00", "EUR"));
    }

    @Test
    void money_moves_from_requested_to_reserved_to_committed_to_payable_to_paid() {
        assertThat(sums(drafted().partners())).isEqualTo("100000.00 0.00 0.00 0.00 0.00");
        assertThat(sums(drafted().partners().selected())).isEqualTo("100000.00 0.00 0.00 0.00 0.00");
        assertThat(sums(drafted().partners().selected().reserved())).isEqualTo("100000.00 100000.00 0.00 0.00 0.00");
        assertThat(sums(EventStories.active())).isEqualTo("100000.00 0.00 100000.00 0.00 0.00");
        assertThat(sums(EventStories.active().advance("payable"))).isEqualTo("100000.00 0.00 100000.00 35000.00 0.00");
        assertThat(sums(EventStories.active().advance("payable", "requested", "authorised", "sent")))
                .isEqualTo("100000.00 0.00 100000.00 35000.00 0.00");
        assertThat(sums(EventStories.active().advance("payable", "requested", "authorised", "sent", "paid")))
                .isEqualTo("100000.00 0.00 100000.00 0.00 35000.00");
        assertThat(sums(EventStories.active().advance("payable", "requested", "authorised", "sent", "paid", "bounced")))
                .isEqualTo("100000.00 0.00 100000.00 35000.00 0.00");
        assertThat(sums(EventStories.active()
                        .agreement(
                                "m2",
                                "agreement.closed",
                                "'rest':{'amount':'29000.00','currency':'EUR'},'postings':[]")))
                .isEqualTo("100000.00 0.00 71000.00 0.00 0.00");
    }

    @Test
    void what_a_closed_agreement_gave_back_stays_so_when_it_is_open_again() {
        String rest = "'rest':{'amount':'%s','currency':'EUR'},'postings':[]";
        EventStories bounced = EventStories.active()
                .advance("payable", "requested", "authorised", "sent", "paid")
                .agreement("m1", "agreement.closed", rest.formatted("35000.00"))
                .advance("bounced")
                .agreement("m1", "agreement.resumed", "");
        assertThat(sums(bounced)).isEqualTo("100000.00 0.00 65000.00 35000.00 0.00");
        assertThat(sums(bounced.advance("cancelled").agreement("m1", "agreement.closed", rest.formatted("35000.00"))))
                .isEqualTo("100000.00 0.00 30000.00 0.00 0.00");
    }

    private static String sums(EventStories stories) {
        var it = status(stories).money().getFirst();
        return it.requested().amount() + " " + it.reserved().amount() + " "
                + it.committed().amount() + " " + it.payable().amount() + " "
                + it.paid().amount();
    }

    @Test
    void a_draft_waits_for_every_partner_that_has_not_committed_and_then_for_the_lead() {
        assertThat(next(drafted().happens("proposal/p1", "proposal.partner-invited", "{'city':'th-bangkok'}")))
                .containsExactly(
                        "city-signatory@city/vn-hanoi: Commit to this city's part.",
                        "city-signatory@city/th-bangkok: Accept or decline to take part.",
                        "city-editor@city/vn-hanoi: Complete the proposal.");
        assertThat(next(drafted().partners().committed()))
                .containsExactly("city-signatory@city/vn-hanoi: Submit the proposal.");
    }

    @Test
    void a_city_that_was_reminded_is_shown_when_until_it_answers() {
        EventStories reminded = drafted()
                .happens("proposal/p1", "proposal.partner-invited", "{'city':'th-bangkok'}")
                .happens("proposal/p1", "proposal.partner-reminded", "{'city':'th-bangkok'}");

        assertThat(status(reminded).nextActions())
                .filteredOn(it -> "partner/th-bangkok".equals(it.subject()))
                .extracting(Status.Action::remindedAt)
                .containsExactly(Instant.parse("2026-03-02T09:00:00Z"));
        assertThat(status(reminded.happens("proposal/p1", "proposal.partner-accepted", "{'city':'th-bangkok'}"))
                        .nextActions())
                .extracting(Status.Action::remindedAt)
                .containsOnlyNulls();
    }

    @Test
    void after_the_call_has_closed_a_draft_asks_nobody() {
        assertThat(shown(drafted(), "2026-04-01T10:00:00Z").status().nextActions())
                .isEmpty();
        assertThat(shown(drafted(), "2026-04-01T09:59:59Z").status().nextActions())
                .isNotEmpty();
    }

    @Test
    void between_submission_and_approval_it_the_secretariat_decides_or_nobody() {
        assertThat(next(drafted().submitted()))
                .containsExactly("secretariat@network: Decide whether the proposal is eligible.");
        assertThat(next(drafted().submitted().eligible()))
                .containsExactly("secretariat@network: Decide whether the proposal is selected.");
        assertThat(next(drafted().submitted().eligible().selected())).isEmpty();
        assertThat(next(drafted().submitted().happens("proposal/p1", "proposal.withdrawn", "{'reason':'r'}")))
                .isEmpty();
    }

    @Test
    void contracting_waits_for_signatures_of_partners_and_of_each_agreement() {
        var approved = drafted().partners().selected().reserved().approved();
        assertThat(next(approved))
                .containsExactly(
                        "city-signatory@city/vn-hanoi: Sign the partnership agreement.",
                        "city-signatory@city/th-bangkok: Sign the partnership agreement.",
                        "funder-officer@funder/f1: Offer the agreement.",
                        "funder-officer@funder/f2: Offer the agreement.");
        assertThat(next(approved.offered()))
                .contains(
                        "city-signatory@city/vn-hanoi: Sign or decline the agreement.",
                        "city-signatory@city/th-bangkok: Sign or decline the agreement.");
        assertThat(next(approved.signed())).contains("funder-approver@funder/f1: Countersign the agreement.");
        assertThat(next(approved.agreement("m1", "agreement.declined", "'reason':'r'")))
                .contains("funder-officer@funder/f1: Offer the agreement.");
    }

    @Test
    void an_active_project_waits_for_the_next_milestone_and_for_each_step_of_a_payment() {
        assertThat(next(EventStories.active()))
                .containsExactly("city-editor@city/vn-hanoi: Report the milestone \"Opening\".");
        var steps = EventStories.active();
        assertThat(next(steps.advance("payable")))
                .contains("funder-officer@funder/f1: Request the payment of tranche \"t1\".");
        assertThat(next(steps.advance("requested")))
                .contains("funder-approver@funder/f1: Authorise the payment of tranche \"t1\".");
        assertThat(next(steps.advance("authorised")))
                .contains("funder-officer@funder/f1: Send the payment of tranche \"t1\" to the bank.");
        assertThat(next(steps.advance("sent")))
                .contains("funder-approver@funder/f1: Record the bank's answer on tranche \"t1\".");
        assertThat(next(steps.advance("failed")))
                .contains("funder-officer@funder/f1: Request the payment of tranche \"t1\".");
    }

    @Test
    void a_tranche_that_earned_nothing_is_cancelled_by_the_approver() {
        assertThat(next(EventStories.active()
                        .agreement(
                                "m1",
                                "agreement.tranche-payable",
                                "'tranche':'t1','amount':{'amount':'0.00','currency':'EUR'}")))
                .contains("funder-approver@funder/f1: Cancel tranche \"t1\": nothing was earned.")
                .noneMatch(it -> it.contains("Request the payment"));
    }

    @Test
    void a_reported_milestone_asks_the_verifier_and_the_last_verified_one_allows_completion() {
        var reported = EventStories.active().milestone("ms1", "milestone-reported", ",'text':'done'");
        assertThat(next(reported))
                .containsExactly(
                        "city-editor@city/vn-hanoi: Report the milestone \"Workshops\".",
                        "secretariat@network: Verify or return the milestone \"Opening\".");
        var verified = reported.milestone("ms1", "milestone-verified", ",'achieved':1")
                .milestone("ms2", "milestone-reported", ",'text':'x'")
                .milestone("ms2", "milestone-verified", ",'achieved':0.5,'reason':'half'");
        assertThat(next(verified)).containsExactly("secretariat@network: Complete the project.");
        assertThat(next(verified.milestone("ms1", "verification-withdrawn", ",'reason':'r'")))
                .containsExactly("city-editor@city/vn-hanoi: Report the milestone \"Opening\".");
    }

    private static EventStories asked() {
        return EventStories.active()
                .milestone("ms1", "postponement-requested", ",'due':'2026-07-15','reason':'Repairs.'");
    }

    private static Status.Milestone opening(Status status) {
        return status.milestones().getFirst();
    }

    @Test
    void a_postponement_that_is_asked_for_is_shown_and_asks_the_secretariat() {
        assertThat(opening(status(asked())).due()).isEqualTo("2026-06-01");
        assertThat(opening(status(asked())).postponement().due()).isEqualTo("2026-07-15");
        assertThat(opening(status(asked())).postponement().reason()).isEqualTo("Repairs.");
        assertThat(next(asked()))
                .containsExactly(
                        "city-editor@city/vn-hanoi: Report the milestone \"Opening\".",
                        "secretariat@network: Agree to have the milestone \"Opening\" on 2026-07-15.");
        assertThat(written(asked(), HANOI)).contains("Repairs.");
        assertThat(written(asked(), Reader.ANYONE))
                .as("what is only asked for concerns who takes part")
                .doesNotContain("postponement", "Repairs.");
    }

    @Test
    void an_agreed_postponement_moves_the_day_the_next_deadline_and_the_health() {
        var late = "2026-06-02T00:00:00Z";
        assertThat(shown(asked(), late).status().health().level()).isEqualTo(Level.OVERDUE);
        var agreed = asked().milestone("ms1", "postponement-agreed", ",'due':'2026-07-15','reason':'No other hall.'");
        var status = shown(agreed, late).status();
        assertThat(opening(status).due()).isEqualTo("2026-07-15");
        assertThat(opening(status).postponement()).isNull();
        assertThat(status.nextDeadline().at()).isEqualTo("2026-07-16T00:00:00Z");
        assertThat(status.health().level()).isEqualTo(Level.ON_TRACK);
        assertThat(shown(agreed, "2026-07-02T00:00:00Z").status().health().level())
                .isEqualTo(Level.DUE_SOON);
        assertThat(shown(agreed, "2026-07-16T00:00:00Z").status().health().level())
                .isEqualTo(Level.OVERDUE);
        assertThat(status.decisions())
                .extracting(Status.Decided::reason)
                .contains(new Reason("koinon.project.postponement-agreed.v1", "No other hall."));
        assertThat(next(agreed)).containsExactly("city-editor@city/vn-hanoi: Report the milestone \"Opening\".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postponement-refused", "postponement-withdrawn", "postponement-lapsed"})
    void a_postponement_that_is_not_agreed_to_leaves_the_day_and_asks_nobody(String end) {
        var ended = asked().milestone("ms1", end, ",'reason':'r'");
        assertThat(opening(status(ended)).due()).isEqualTo("2026-06-01");
        assertThat(opening(status(ended)).postponement()).isNull();
        assertThat(next(ended)).containsExactly("city-editor@city/vn-hanoi: Report the milestone \"Opening\".");
    }

    @Test
    void while_the_project_is_suspended_an_open_postponement_asks_nobody() {
        assertThat(next(asked().project("suspended"))).containsExactly("secretariat@network: Resume the project.");
        assertThat(opening(status(asked().project("suspended"))).postponement()).isNotNull();
    }

    @Test
    void progress_is_what_is_verified_weighed_by_the_money_that_hangs_on_it() {
        assertThat(status(EventStories.active()).progress()).isEqualByComparingTo("0");
        var verified = EventStories.active().milestone("ms1", "milestone-verified", ",'achieved':1");
        assertThat(status(verified).progress()).isEqualByComparingTo("0.25");
        assertThat(status(verified.milestone("ms2", "milestone-verified", ",'achieved':0.5"))
                        .progress())
                .isEqualByComparingTo(new BigDecimal("0.625"));
    }

    @Test
    void a_milestone_is_due_soon_then_overdue_then_at_risk_by_the_thresholds_of_the_award() {
        UnaryOperator<EventStories> nothing = it -> it;
        assertThat(at("2026-05-18T23:59:59Z", nothing).health().level()).isEqualTo(Level.ON_TRACK);
        assertThat(at("2026-05-19T00:00:00Z", nothing).health().level()).isEqualTo(Level.DUE_SOON);
        assertThat(at("2026-06-01T23:59:59Z", nothing).health().level()).isEqualTo(Level.DUE_SOON);
        assertThat(at("2026-06-02T00:00:00Z", nothing).health().level()).isEqualTo(Level.OVERDUE);
        assertThat(at("2026-07-01T23:59:59Z", nothing).health().level()).isEqualTo(Level.OVERDUE);
        assertThat(at("2026-07-02T00:00:00Z", nothing).health().level()).isEqualTo(Level.AT_RISK);
        assertThat(at("2026-07-02T00:00:00Z", nothing).health().reasons())
                .singleElement()
                .asString()
                .contains("Opening");
    }

    private static List<String> publicReasons(String now, UnaryOperator<EventStories> more) {
        JsonNode shown = JsonMapper.builder()
                .build()
                .readTree(shown(more.apply(EventStories.active()), now)
                        .rendering(Reader.ANYONE)
                        .bytes());
        return shown.path("health")
                .path("reasons")
                .valueStream()
                .map(it -> it.path("key").asString())
                .toList();
    }

    @Test
    void anyone_sees_the_reasons_that_rest_on_public_facts_and_no_other() {
        assertThat(publicReasons("2026-05-20T00:00:00Z", it -> it)).containsExactly("due-soon");
        assertThat(publicReasons("2026-06-02T00:00:00Z", it -> it)).containsExactly("overdue");
        assertThat(publicReasons("2026-07-02T00:00:00Z", it -> it.project("suspended")))
                .containsExactly("late", "project-suspended");
        UnaryOperator<EventStories> unfounded = it -> it.advance("payable", "requested", "authorised", "sent", "paid")
                .agreement("m1", "agreement.tranche-unfounded", "'tranche':'t1','reason':'withdrawn'");
        assertThat(publicReasons("2026-03-20T00:00:00Z", unfounded)).isEmpty();
        assertThat(publicReasons("2026-06-02T00:00:00Z", unfounded)).containsExactly("overdue");
    }

    @Test
    void anyone_sees_the_summary_and_the_funders_of_an_approved_project() {
        var story = EventStories.none()
                .cities()
                .call()
                .draft()
                .happens(
                        "proposal/p1",
                        "proposal.summary-changed",
                        "{'title':'Routes','summary':'Lacquer workshops.','themes':[],'sdgs':[]}")
                .partners();
        assertThat(written(story, HANOI)).contains("\"summary\":\"Lacquer workshops.\"");
        assertThat(written(story, Reader.ANYONE)).doesNotContain("Lacquer");
        assertThat(written(story.submitted().selected().reserved().approved(), Reader.ANYONE))
                .as("what was approved is what was submitted")
                .contains("\"summary\":\"x\"", "\"funders\":[{\"id\":\"f1\",\"name\":\"Funder One\"},{\"id\":\"f2\"}]")
                .doesNotContain("Lacquer");
    }

    @Test
    void a_reported_milestone_is_late_for_nobody_and_a_returned_one_is_late_again() {
        assertThat(at("2026-06-02T00:00:00Z", it -> it.milestone("ms1", "milestone-reported", ""))
                        .health()
                        .level())
                .isEqualTo(Level.ON_TRACK);
        assertThat(at(
                                "2026-06-02T00:00:00Z",
                                it -> it.milestone("ms1", "milestone-reported", "")
                                        .milestone("ms1", "milestone-returned", ",'reason':'r'"))
                        .health()
                        .level())
                .isEqualTo(Level.OVERDUE);
    }

    @Test
    void an_unfounded_tranche_and_a_suspension_put_a_project_at_risk() {
        var unfounded = status(EventStories.active()
                .advance("payable", "requested", "authorised", "sent", "paid")
                .agreement("m1", "agreement.tranche-unfounded", "'tranche':'t1','reason':'withdrawn'"));
        assertThat(unfounded.health().level()).isEqualTo(Level.AT_RISK);
        assertThat(unfounded.health().reasons()).singleElement().asString().contains("withdrawn");
        var founded = status(EventStories.active()
                .advance("payable", "requested", "authorised", "sent", "paid")
                .agreement("m1", "agreement.tranche-unfounded", "'tranche':'t1','reason':'withdrawn'")
                .agreement("m1", "agreement.tranche-founded", "'tranche':'t1'"));
        assertThat(founded.health().reasons()).isEmpty();
        assertThat(status(EventStories.active().project("suspended")).health().level())
                .isEqualTo(Level.AT_RISK);
    }

    @Test
    void a_partner_that_left_puts_an_approved_project_at_risk_until_it_is_over() {
        UnaryOperator<EventStories> left = it -> it.happens("city/th-bangkok", "city.left", "{'reason':'x'}");
        Status active = status(left.apply(EventStories.active()));
        assertThat(active.health().level()).isEqualTo(Level.AT_RISK);
        assertThat(active.health().reasons()).extracting(Sentence::key).contains("partner-left");
        assertThat(status(left.apply(EventStories.active().project("terminated")))
                        .health()
                        .reasons())
                .extracting(Sentence::key)
                .doesNotContain("partner-left");
    }

    @Test
    void what_was_reopened_or_returned_and_not_submitted_again_in_time_counts_as_submitted_from_that_moment() {
        var reopened = drafted().partners().committed().submitted().happens("proposal/p1", "proposal.reopened", "{}");
        assertThat(shown(reopened, "2026-04-01T09:59:59Z").status().phase()).isEqualTo("DRAFT");
        Status after = shown(reopened, "2026-04-01T10:00:00Z").status();
        assertThat(after.phase()).isEqualTo("SUBMITTED");
        assertThat(after.since()).isEqualTo("2026-04-01T10:00:00Z");
        assertThat(after.nextActions())
                .extracting(Status.Action::action)
                .containsExactly("proposal.decide-eligibility");
        assertThat(shown(drafted(), "2026-04-01T10:00:00Z").status().phase()).isEqualTo("DRAFT");
    }

    @Test
    void a_draft_is_due_soon_before_the_call_closes_in_its_own_zone_and_nothing_is_left_to_do_after() {
        assertThat(shown(drafted(), "2026-03-22T09:59:59Z").status().health().level())
                .isEqualTo(Level.ON_TRACK);
        assertThat(shown(drafted(), "2026-03-22T10:00:00Z").status().health().level())
                .isEqualTo(Level.DUE_SOON);
        assertThat(shown(drafted(), "2026-04-01T10:00:00Z").status().health().level())
                .isEqualTo(Level.ON_TRACK);
        assertThat(shown(drafted(), "2026-04-01T10:00:00Z").status().nextDeadline())
                .isNull();
        assertThat(status(drafted()).nextDeadline().at()).isEqualTo("2026-04-01T10:00:00Z");
        assertThat(status(EventStories.active()).nextDeadline().says().text()).contains("Opening");
    }

    @Test
    void a_tranche_says_which_conditions_are_not_met_and_is_held_while_its_agreement_is_suspended() {
        var tranches = status(EventStories.active().milestone("ms1", "milestone-verified", ",'achieved':1"))
                .agreements()
                .getFirst()
                .tranches();
        assertThat(tranches)
                .extracting(
                        it -> it.unmetConditions().stream().map(Sentence::text).toList())
                .containsExactly(
                        List.of(),
                        List.of("The milestone \"ms2\" is not verified."),
                        List.of("The project is not completed."));
        var held = status(EventStories.active().advance("payable").agreement("m1", "agreement.suspended", ""));
        assertThat(held.agreements().getFirst().tranches().getFirst().state()).isEqualTo("HELD");
        assertThat(held.nextActions()).extracting(it -> it.says().text()).noneMatch(it -> it.contains("t1"));
        var resumed = status(EventStories.active()
                .advance("payable")
                .agreement("m1", "agreement.suspended", "")
                .agreement("m1", "agreement.resumed", ""));
        assertThat(resumed.agreements().getFirst().tranches().getFirst().state())
                .isEqualTo("PAYABLE");
    }

    @Test
    void a_withheld_tranche_is_planned_again_with_its_reason() {
        var withheld = status(EventStories.active()
                .advance("payable")
                .agreement("m1", "agreement.tranche-withheld", "'tranche':'t1','reason':'taken back'"));
        var tranche = withheld.agreements().getFirst().tranches().getFirst();
        assertThat(tranche.state()).isEqualTo("PLANNED");
        assertThat(tranche.payable()).isNull();
        assertThat(tranche.reason().text()).isEqualTo("taken back");
    }

    @Test
    void what_was_submitted_is_shown_again_once_it_is_decided_on() {
        var reopened = drafted()
                .partners()
                .committed()
                .submitted(1, "20000.00", "10000.00")
                .happens("proposal/p1", "proposal.reopened", "{}")
                .happens("proposal/p1", "proposal.partner-removed", "{'city':'th-bangkok','reason':'alone'}");
        assertThat(sums(reopened)).startsWith("60000.00 ");
        for (String decision : List.of("found-eligible", "found-ineligible")) {
            var decided = status(reopened.copy()
                    .happens("proposal/p1", "proposal." + decision, "{'submission':1,'reason':'as submitted'}"));
            assertThat(decided.partners())
                    .extracting(it -> it.city().id() + " " + it.state() + " " + it.grant())
                    .containsExactly("vn-hanoi COMMITTED 20000.00 EUR", "th-bangkok COMMITTED 10000.00 EUR");
            assertThat(decided.money().getFirst().requested()).isEqualTo(Money.of("30000.00", "EUR"));
        }
    }

    @Test
    void a_partner_that_is_invited_again_begins_without_a_part() {
        var again = drafted()
                .partners()
                .happens("proposal/p1", "proposal.partner-removed", "{'city':'th-bangkok','reason':'late'}")
                .happens("proposal/p1", "proposal.partner-invited", "{'city':'th-bangkok'}");
        assertThat(status(again).partners().getLast().grant()).isNull();
        assertThat(sums(again)).startsWith("60000.00 ");
    }

    @Test
    void a_refusal_and_every_decision_keep_their_reason() {
        var refused =
                status(drafted().selected().agreement("m1", "agreement.refused", "'selection':1,'reason':'empty'"));
        assertThat(refused.agreements().getFirst().reason().text()).isEqualTo("empty");
        assertThat(refused.decisions()).extracting(it -> it.reason().text()).containsExactly("best");
    }

    @Test
    void nobody_without_a_mandate_learns_of_a_proposal_before_its_approval() {
        var draft = shown(drafted().partners(), "2026-03-02T00:00:00Z");
        assertThat(draft.isVisibleTo(Reader.ANYONE)).isFalse();
        assertThat(draft.isVisibleTo(HANOI)).isTrue();
        assertThat(draft.involved()).containsExactlyInAnyOrder("city/vn-hanoi", "city/th-bangkok");
        assertThat(shown(EventStories.active(), "2026-03-02T00:00:00Z").isVisibleTo(Reader.ANYONE))
                .isTrue();
        assertThat(shown(EventStories.active(), "2026-03-02T00:00:00Z").involved())
                .contains("funder/f1", "funder/f2");
    }

    private static String written(EventStories story, Reader reader) {
        return new String(shown(story, "2026-03-02T00:00:00Z").rendering(reader).bytes(), UTF_8);
    }

    @Test
    void participants_see_decisions_agreements_and_what_can_be_done_next() {
        assertThat(written(EventStories.active(), HANOI))
                .contains("koinon.proposal.selected.v1", "\"agreements\":[", "\"nextActions\":[", "\"reasons\":[");
    }

    @Test
    void anyone_sees_these_fields_and_no_other() {
        var story = EventStories.active()
                .advance("payable", "requested", "authorised", "sent", "paid")
                .milestone("ms1", "milestone-reported", "")
                .milestone("ms1", "milestone-verified", ",'achieved':0.8,'reason':'most'")
                .milestone("ms2", "postponement-requested", ",'due':'2026-10-01','reason':'Repairs.'")
                .project("completed");
        assertThat(written(story, Reader.ANYONE)).isEqualToIgnoringNewLines("""
                        {"id":"p1","title":"Routes","summary":"x","call":{"id":"c1","title":"Crafts"},"phase":"COMPLETED",
                        "since":"2026-03-01T09:41:00Z","updated":"2026-03-01T09:41:00Z",
                        "lead":{"id":"vn-hanoi","state":"DESIGNATED","name":"Hà Nội","country":"VN","region":"Asia and the Pacific","field":"Design"},
                        "partners":[
                        {"city":{"id":"vn-hanoi","state":"DESIGNATED","name":"Hà Nội","country":"VN","region":"Asia and the Pacific","field":"Design"},"state":"SIGNED",
                        "grant":{"amount":"60000.00","currency":"EUR"}},
                        {"city":{"id":"th-bangkok","state":"CANDIDATE","name":"Bangkok","country":"TH","region":"Asia and the Pacific"},"state":"SIGNED",
                        "grant":{"amount":"40000.00","currency":"EUR"}}],
                        "themes":["crafts"],"sdgs":[11],"startsOn":"2026-05-01","endsOn":"2027-04-30",
                        "milestones":[
                        {"id":"ms1","title":"Opening","due":"2026-06-01","tranche":"t2","weight":1,"state":"VERIFIED","achieved":0.8,
                        "reason":"most"},
                        {"id":"ms2","title":"Workshops","due":"2026-09-01","tranche":"t2","weight":3,"state":"PLANNED"}],"progress":0.2000,
                        "money":[{"currency":"EUR","requested":{"amount":"100000.00","currency":"EUR"},
                        "committed":{"amount":"100000.00","currency":"EUR"},
                        "paid":{"amount":"35000.00","currency":"EUR"}}],
                        "grants":[{"fund":{"id":"m1","name":"Main","funder":"f1","funderName":"Funder One"},
                        "amount":{"amount":"70000.00","currency":"EUR"}},
                        {"fund":{"id":"m2","name":"Second","funder":"f2"},"amount":{"amount":"30000.00","currency":"EUR"}}],
                        "funders":[{"id":"f1","name":"Funder One"},{"id":"f2"}],
                        "health":{"level":"ON_TRACK","reasons":[]},
                        "decisions":[{"decision":"koinon.proposal.approved.v1","at":"2026-03-01T09:22:00Z"},
                        {"decision":"koinon.project.completed.v1","at":"2026-03-01T09:41:00Z","reason":"because"}]}
                        """);
        assertThat(written(EventStories.active(), Reader.ANYONE))
                .contains(
                        "\"nextDeadline\":{\"at\":\"2026-06-02T00:00:00Z\",\"zone\":\"UTC\",\"says\":{\"key\":\"milestone.report\"");
    }

    @Test
    void an_event_that_only_says_other_next_actions_moves_no_time_and_is_in_no_timeline() {
        var before = status(EventStories.active());
        EventStories story = EventStories.active().agreement("m1", "agreement.next-changed", "");
        assertThat(status(story).updated()).isEqualTo(before.updated());
        assertThat(TimelineText.of(story.messages(), Reader.NETWORK, true))
                .isEqualTo(TimelineText.of(EventStories.active().messages(), Reader.NETWORK, true));
    }
}
