package koinon.gateway;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import koinon.eventing.action.Moment;
import koinon.eventing.action.Need;
import koinon.eventing.action.NextAction;
import koinon.eventing.actor.Right;
import koinon.eventing.document.EventJson;
import koinon.eventing.value.Money;
import koinon.eventing.value.Sentence;
import koinon.gateway.lifecycle.LifecycleState.Change;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the envelopes of the events of a story say. The services say it in production; here a small model of them
/// stands in, which accepts events in any order.
final class StoryEnvelopes {

    private static final Map<String, String> STATES = Map.ofEntries(
            Map.entry("proposal.drafted", "DRAFT"),
            Map.entry("proposal.reopened", "DRAFT"),
            Map.entry("proposal.returned", "RETURNED"),
            Map.entry("proposal.submitted", "SUBMITTED"),
            Map.entry("proposal.found-eligible", "ELIGIBLE"),
            Map.entry("proposal.found-ineligible", "INELIGIBLE"),
            Map.entry("proposal.selected", "SELECTED"),
            Map.entry("proposal.reserve-listed", "RESERVE_LISTED"),
            Map.entry("proposal.not-approved", "NOT_APPROVED"),
            Map.entry("proposal.approved", "APPROVED"),
            Map.entry("proposal.withdrawn", "WITHDRAWN"),
            Map.entry("project.created", "CONTRACTING"),
            Map.entry("project.started", "ACTIVE"),
            Map.entry("project.suspended", "SUSPENDED"),
            Map.entry("project.resumed", "ACTIVE"),
            Map.entry("project.completed", "COMPLETED"),
            Map.entry("project.terminated", "TERMINATED"),
            Map.entry("project.closed", "CLOSED"),
            Map.entry("agreement.requested", "REQUESTED"),
            Map.entry("agreement.reserved", "RESERVED"),
            Map.entry("agreement.refused", "REFUSED"),
            Map.entry("agreement.released", "RELEASED"),
            Map.entry("agreement.offered", "OFFERED"),
            Map.entry("agreement.declined", "DECLINED"),
            Map.entry("agreement.signed", "SIGNED"),
            Map.entry("agreement.in-force", "IN_FORCE"),
            Map.entry("agreement.suspended", "SUSPENDED"),
            Map.entry("agreement.resumed", "IN_FORCE"),
            Map.entry("agreement.terminated", "TERMINATED"),
            Map.entry("agreement.closed", "CLOSED"),
            Map.entry("city.registered", "CANDIDATE"),
            Map.entry("group.registered", "ACTIVE"),
            Map.entry("group.retired", "RETIRED"),
            Map.entry("city.designated", "DESIGNATED"),
            Map.entry("gathering.announced", "ANNOUNCED"),
            Map.entry("gathering.held", "HELD"),
            Map.entry("idea.raised", "RAISED"),
            Map.entry("idea.dropped", "DROPPED"),
            Map.entry("city.left", "LEFT"),
            Map.entry("city.invitation-withdrawn", "DESIGNATED"),
            Map.entry("city.became-candidate", "CANDIDATE"),
            Map.entry("city.became-cooperating", "COOPERATING"),
            Map.entry("city.designation-reversed", "CANDIDATE"),
            Map.entry("proposal.eligibility-reversed", "SUBMITTED"),
            Map.entry("proposal.decision-reversed", "ELIGIBLE"),
            Map.entry("project.completion-reversed", "ACTIVE"),
            Map.entry("call.drafted", "DRAFT"),
            Map.entry("call.published", "PUBLISHED"));

    private static final Map<String, String> OF_PARTS = Map.ofEntries(
            Map.entry("partner-invited", "INVITED"),
            Map.entry("partner-accepted", "ACCEPTED"),
            Map.entry("partner-declined", "DECLINED"),
            Map.entry("partner-removed", "REMOVED"),
            Map.entry("partner-committed", "COMMITTED"),
            Map.entry("partner-stepped-back", "STEPPED_BACK"),
            Map.entry("step-back-withdrawn", "COMMITTED"),
            Map.entry("commitment-withdrawn", "ACCEPTED"),
            Map.entry("commitment-lapsed", "ACCEPTED"),
            Map.entry("milestone-reported", "REPORTED"),
            Map.entry("milestone-verified", "VERIFIED"),
            Map.entry("milestone-returned", "RETURNED"),
            Map.entry("verification-withdrawn", "RETURNED"),
            Map.entry("tranche-payable", "PAYABLE"),
            Map.entry("tranche-withheld", "PLANNED"),
            Map.entry("tranche-requested", "REQUESTED"),
            Map.entry("tranche-authorised", "AUTHORISED"),
            Map.entry("tranche-sent", "SENT"),
            Map.entry("tranche-paid", "PAID"),
            Map.entry("tranche-failed", "FAILED"),
            Map.entry("tranche-bounced", "BOUNCED"),
            Map.entry("tranche-cancelled", "CANCELLED"));

    /// When the lead of a story reminds a city.
    static final Instant REMINDED = Instant.parse("2026-03-02T09:00:00Z");

    private static final Right SECRETARIAT = Right.of("secretariat@network");

    private final Map<String, Aggregate> aggregates = new HashMap<>();

    /// One aggregate of a story.
    private static final class Aggregate {
        private String state = "";
        private final Map<String, String> parts = new LinkedHashMap<>();
        private final Map<String, Money> payable = new HashMap<>();
        private final Map<String, JsonNode> milestones = new LinkedHashMap<>();
        private final Map<String, JsonNode> tranches = new LinkedHashMap<>();
        private final Map<String, String> postponed = new LinkedHashMap<>();
        private final Map<String, Instant> reminded = new LinkedHashMap<>();
        private final List<String> cities = new ArrayList<>();
        private String lead = "";
        private String call = "";
        private String fund = "";
        private String beneficiary = "";
        private boolean decisionRecorded;
        private @Nullable JsonNode returnedUntil;
        private @Nullable JsonNode plan;
        private @Nullable Money amount;
        private @Nullable Money rest;

        private Aggregate copy() {
            var copy = new Aggregate();
            copy.state = state;
            copy.parts.putAll(parts);
            copy.payable.putAll(payable);
            copy.milestones.putAll(milestones);
            copy.tranches.putAll(tranches);
            copy.postponed.putAll(postponed);
            copy.reminded.putAll(reminded);
            copy.cities.addAll(cities);
            copy.lead = lead;
            copy.call = call;
            copy.fund = fund;
            copy.beneficiary = beneficiary;
            copy.decisionRecorded = decisionRecorded;
            copy.returnedUntil = returnedUntil;
            copy.plan = plan;
            copy.amount = amount;
            copy.rest = rest;
            return copy;
        }
    }

    StoryEnvelopes copy() {
        var copy = new StoryEnvelopes();
        aggregates.forEach((subject, it) -> copy.aggregates.put(subject, it.copy()));
        return copy;
    }

    /// The envelope of the next event.
    ///
    /// @param event the middle of its type: `proposal.drafted`
    Change next(String subject, String event, String json) {
        Aggregate it = aggregates.computeIfAbsent(subject, _ -> new Aggregate());
        JsonNode data = EventJson.mapper().readTree(json);
        Map<String, String> before = published(it);
        it.state = STATES.getOrDefault(event, it.state);
        String name = event.substring(event.indexOf('.') + 1);
        switch (event.substring(0, event.indexOf('.'))) {
            case "proposal" -> proposal(it, name, data);
            case "project" -> project(it, name, data);
            case "agreement" -> agreement(it, name, data);
            default -> {}
        }
        Map<String, String> changed = new TreeMap<>();
        Map<String, String> after = published(it);
        after.forEach((part, state) -> {
            if (!state.equals(before.get(part))) changed.put(part, state);
        });
        before.keySet().stream().filter(part -> !after.containsKey(part)).forEach(part -> changed.put(part, ""));
        return new Change(
                it.state.isEmpty() ? null : it.state,
                changed,
                sums(it),
                EventJson.mapper().writeValueAsString(actions(subject, it).toList()));
    }

    private static Map<String, String> published(Aggregate it) {
        Map<String, String> parts = new TreeMap<>(it.parts);
        if (!it.fund.isEmpty() && it.state.equals("SUSPENDED"))
            parts.replaceAll((_, state) ->
                    List.of("PLANNED", "PAYABLE", "REQUESTED", "AUTHORISED").contains(state) ? "HELD" : state);
        return parts;
    }

    private static void proposal(Aggregate it, String event, JsonNode data) {
        if (event.equals("drafted")) {
            it.lead = data.path("lead").asString("");
            it.call = data.path("call").asString("");
            it.parts.put("partner/" + it.lead, "ACCEPTED");
        }
        it.decisionRecorded = event.equals("decision-recorded");
        if (event.equals("submitted")) it.plan = data.path("plan");
        if (event.equals("returned") && data.has("until")) it.returnedUntil = data.path("until");
        @Nullable String state = OF_PARTS.get(event);
        String partner = "partner/" + data.path("city").asString("");
        if (event.equals("partner-reminded")) it.reminded.put(partner, REMINDED);
        else if (state != null) it.reminded.remove(partner);
        if (state != null) it.parts.put(partner, state);
        if (event.startsWith("found-") && it.plan != null) {
            it.parts.clear();
            it.plan
                    .path("parts")
                    .forEach(part -> it.parts.put("partner/" + part.path("city").asString(), "COMMITTED"));
        }
    }

    private static void project(Aggregate it, String event, JsonNode data) {
        String milestone = data.path("milestone").asString("");
        if (event.equals("created")) {
            it.lead = data.path("award").path("lead").asString("");
            data.path("award")
                    .path("partners")
                    .forEach(city -> it.cities.add(city.path("city").asString()));
            data.path("award").path("milestones").forEach(one -> {
                it.milestones.put(one.path("id").asString(), one);
                it.parts.put("milestone/" + one.path("id").asString(), "PLANNED");
            });
        }
        if (event.equals("partnership-signed"))
            it.parts.put("partnership/" + data.path("city").asString(), "SIGNED");
        if (event.equals("partner-stepped-back"))
            it.parts.put("partnership/" + data.path("city").asString(), "STEPPED_BACK");
        if (event.equals("partner-released"))
            it.parts.put("partnership/" + data.path("city").asString(), "RELEASED");
        if (event.equals("postponement-requested"))
            it.postponed.put(milestone, data.path("due").asString());
        else if (event.startsWith("postponement-")) it.postponed.remove(milestone);
        if (event.equals("postponement-agreed") && it.milestones.get(milestone) instanceof ObjectNode one)
            it.milestones.put(milestone, one.deepCopy().set("due", data.path("due")));
        @Nullable String state = milestone.isEmpty() ? null : OF_PARTS.get(event);
        if (state != null) it.parts.put("milestone/" + milestone, state);
    }

    private static void agreement(Aggregate it, String event, JsonNode data) {
        it.fund = data.path("fund").asString();
        @Nullable
        Money amount = data.has("amount") && !event.startsWith("tranche-") ? money(data.path("amount")) : null;
        if (amount != null) it.amount = amount;
        if (event.equals("requested")) it.beneficiary = data.path("beneficiary").asString("");
        if (event.equals("offered"))
            data.path("tranches").forEach(one -> {
                it.tranches.put(one.path("id").asString(), one);
                it.parts.put("tranche/" + one.path("id").asString(), "PLANNED");
            });
        if (event.equals("closed")) {
            Money rest = money(data.path("rest"));
            it.rest = it.rest == null ? rest : it.rest.plus(rest);
        }
        @Nullable String state = OF_PARTS.get(event);
        if (state == null) return;
        String tranche = data.path("tranche").asString();
        it.parts.put("tranche/" + tranche, state);
        if (event.equals("tranche-payable")) it.payable.put(tranche, money(data.path("amount")));
        if (event.equals("tranche-withheld")) it.payable.remove(tranche);
    }

    private static Money money(JsonNode it) {
        return EventJson.mapper().treeToValue(it, Money.class);
    }

    private static Map<String, Money> sums(Aggregate it) {
        if (it.amount == null) return Map.of();
        Money none = Money.zero(it.amount.currency());
        Money payable = none;
        Money paid = none;
        for (Map.Entry<String, Money> one : it.payable.entrySet())
            switch (it.parts.getOrDefault("tranche/" + one.getKey(), "")) {
                case "PAID" -> paid = paid.plus(one.getValue());
                case "CANCELLED" -> {}
                default -> payable = payable.plus(one.getValue());
            }
        boolean isHeld = List.of("RESERVED", "OFFERED", "DECLINED", "SIGNED").contains(it.state);
        boolean isCommitted =
                List.of("IN_FORCE", "SUSPENDED", "TERMINATED", "CLOSED").contains(it.state);
        return Map.of(
                "reserved",
                isHeld ? it.amount : none,
                "committed",
                !isCommitted ? none : it.rest == null ? it.amount : it.amount.minus(it.rest),
                "payable",
                payable,
                "paid",
                paid);
    }

    private Stream<NextAction> actions(String subject, Aggregate it) {
        return switch (subject.substring(0, subject.indexOf('/'))) {
            case "proposal" -> ofProposal(it);
            case "project" -> ofProject(subject, it);
            case "agreement" -> ofAgreement(subject, it);
            case "gathering" -> ofGathering(it);
            default -> Stream.of();
        };
    }

    private static Stream<NextAction> ofGathering(Aggregate it) {
        return it.state.equals("ANNOUNCED")
                ? Stream.of(NextAction.of("gathering.confirm-held", SECRETARIAT, "Confirm that it was held."))
                : Stream.of();
    }

    private static Stream<NextAction> ofProposal(Aggregate it) {
        if (it.decisionRecorded) return Stream.of();
        return switch (it.state) {
            case "SUBMITTED" ->
                Stream.of(NextAction.of(
                        "proposal.decide-eligibility", SECRETARIAT, "Decide whether the proposal is eligible."));
            case "ELIGIBLE", "RESERVE_LISTED" ->
                Stream.of(NextAction.of("proposal.select", SECRETARIAT, "Decide whether the proposal is selected."));
            case "DRAFT", "RETURNED" -> writing(it);
            default -> Stream.of();
        };
    }

    private static Stream<NextAction> writing(Aggregate it) {
        List<NextAction> open = new ArrayList<>();
        it.parts.forEach((part, state) -> {
            Right signatory = Right.of("city-signatory@city/" + part.substring("partner/".length()));
            if (state.equals("INVITED"))
                open.add(NextAction.of("partner.accept", signatory, "Accept or decline to take part.")
                        .remindedAt(it.reminded.get(part))
                        .on(part));
            if (state.equals("ACCEPTED"))
                open.add(NextAction.of("partner.commit", signatory, "Commit to this city's part.")
                        .remindedAt(it.reminded.get(part))
                        .on(part));
        });
        open.add(
                open.isEmpty()
                        ? NextAction.of(
                                "proposal.submit", Right.of("city-signatory@city/" + it.lead), "Submit the proposal.")
                        : NextAction.of(
                                "proposal.write", Right.of("city-editor@city/" + it.lead), "Complete the proposal."));
        Moment until = it.returnedUntil == null || !it.state.equals("RETURNED")
                ? Moment.of("call/" + it.call, "closes")
                : moment(it.returnedUntil);
        Stream<NextAction> written =
                open.stream().map(action -> action.due(until).until(until));
        if (it.plan == null) return written;
        NextAction afterwards = NextAction.of(
                        "proposal.decide-eligibility", SECRETARIAT, "Decide whether the proposal is eligible.")
                .from(until)
                .countsAs(Counted.SUBMITTED);
        return Stream.concat(written, Stream.of(afterwards));
    }

    private enum Counted {
        SUBMITTED
    }

    private static Moment moment(JsonNode deadline) {
        String zone = deadline.path("zone").asString();
        Instant at = LocalDateTime.parse(deadline.path("local").asString())
                .atZone(ZoneId.of(zone))
                .toInstant();
        return Moment.at(at, zone);
    }

    private Stream<NextAction> ofProject(String subject, Aggregate it) {
        Stream<NextAction> own = switch (it.state) {
            case "CONTRACTING" ->
                it.cities.stream()
                        .filter(city -> !it.parts.containsKey("partnership/" + city))
                        .map(city -> NextAction.of(
                                        "partnership.sign",
                                        Right.of("city-signatory@city/" + city),
                                        "Sign the partnership agreement.")
                                .on("partnership/" + city));
            case "SUSPENDED" -> Stream.of(NextAction.of("project.resume", SECRETARIAT, "Resume the project."));
            case "ACTIVE" ->
                it.milestones.keySet().stream().allMatch(one -> "VERIFIED".equals(it.parts.get("milestone/" + one)))
                        ? Stream.of(NextAction.of("project.complete", SECRETARIAT, "Complete the project."))
                        : Stream.of();
            default -> Stream.of();
        };
        Stream<NextAction> work = List.of("CONTRACTING", "ACTIVE", "SUSPENDED").contains(it.state)
                ? it.milestones.values().stream()
                        .flatMap(one -> ofMilestone(it, one))
                        .map(action -> it.state.equals("ACTIVE")
                                ? action
                                : action.needs(new Need(
                                        Sentence.of("project-active", "The project is not active."),
                                        subject,
                                        null,
                                        List.of("ACTIVE"))))
                : Stream.of();
        return Stream.concat(own, work);
    }

    private static Stream<NextAction> ofMilestone(Aggregate it, JsonNode milestone) {
        String id = milestone.path("id").asString();
        String title = milestone.path("title").asString();
        List<NextAction> actions = new ArrayList<>();
        switch (it.parts.getOrDefault("milestone/" + id, "")) {
            case "PLANNED", "RETURNED" ->
                actions.add(NextAction.of(
                                "milestone.report",
                                Right.of("city-editor@city/" + it.lead),
                                "Report the milestone \"%s\".",
                                "title",
                                title)
                        .due(Moment.endOf(LocalDate.parse(milestone.path("due").asString()), ZoneId.of("UTC"))));
            case "REPORTED" ->
                actions.add(NextAction.of(
                        "milestone.verify", SECRETARIAT, "Verify or return the milestone \"%s\".", "title", title));
            default -> {}
        }
        @Nullable String postponed = it.postponed.get(id);
        if (postponed != null)
            actions.add(NextAction.of(
                    "postponement.agree",
                    SECRETARIAT,
                    "Agree to have the milestone \"%s\" on %s.",
                    "title",
                    title,
                    "due",
                    postponed));
        return actions.stream().map(action -> action.on("milestone/" + id));
    }

    private Stream<NextAction> ofAgreement(String subject, Aggregate it) {
        String funder = it.fund.equals("m1") ? "f1" : "f2";
        Right officer = Right.of("funder-officer@funder/" + funder);
        Right approver = Right.of("funder-approver@funder/" + funder);
        Stream<NextAction> own = switch (it.state) {
            case "RESERVED" -> Stream.of(NextAction.of("agreement.offer", officer, "Offer the agreement."));
            case "DECLINED" -> Stream.of(NextAction.of("agreement.offer", officer, "Offer the agreement."));
            case "OFFERED" ->
                Stream.of(NextAction.of(
                        "agreement.sign",
                        Right.of("city-signatory@city/" + it.beneficiary),
                        "Sign or decline the agreement."));
            case "SIGNED" -> Stream.of(NextAction.of("agreement.countersign", approver, "Countersign the agreement."));
            default -> Stream.of();
        };
        return Stream.concat(
                own, it.tranches.values().stream().flatMap(one -> ofTranche(subject, it, one, officer, approver)));
    }

    private static Stream<NextAction> ofTranche(
            String subject, Aggregate it, JsonNode tranche, Right officer, Right approver) {
        String id = tranche.path("id").asString();
        String state = it.parts.getOrDefault("tranche/" + id, "");
        if (state.equals("PLANNED")) return Stream.of(waiting(subject, tranche));
        if (!it.state.equals("IN_FORCE") && !state.equals("SENT")) return Stream.of();
        Money payable = it.payable.getOrDefault(id, Money.of("1.00", "EUR"));
        @Nullable
        NextAction action = switch (state) {
            case "PAYABLE" ->
                payable.isPositive()
                        ? NextAction.of(
                                "tranche.request", officer, "Request the payment of tranche \"%s\".", "tranche", id)
                        : NextAction.of(
                                "tranche.cancel",
                                approver,
                                "Cancel tranche \"%s\": nothing was earned.",
                                "tranche",
                                id);
            case "REQUESTED" ->
                NextAction.of("tranche.authorise", approver, "Authorise the payment of tranche \"%s\".", "tranche", id);
            case "AUTHORISED" ->
                NextAction.of(
                        "tranche.send", officer, "Send the payment of tranche \"%s\" to the bank.", "tranche", id);
            case "SENT" ->
                NextAction.of("tranche.record", approver, "Record the bank's answer on tranche \"%s\".", "tranche", id);
            case "FAILED", "BOUNCED" ->
                NextAction.of("tranche.request", officer, "Request the payment of tranche \"%s\".", "tranche", id);
            default -> null;
        };
        return Stream.ofNullable(action).map(one -> one.on("tranche/" + id));
    }

    private static NextAction waiting(String agreement, JsonNode tranche) {
        NextAction action = NextAction.automatic("tranche.become-payable", "funding", "It becomes payable.")
                .on("tranche/" + tranche.path("id").asString())
                .needs(new Need(
                        Sentence.of("agreement-in-force", "The agreement is not in force."),
                        agreement,
                        null,
                        List.of("IN_FORCE")));
        if (tranche.path("waitsFor").asString().equals("completion"))
            return action.needs(new Need(
                    Sentence.of("project-completed", "The project is not completed."),
                    "project/p1",
                    null,
                    List.of("COMPLETED")));
        action = action.needs(new Need(
                Sentence.of("project-active", "The project is not active."),
                "project/p1",
                null,
                List.of("ACTIVE", "COMPLETED")));
        for (JsonNode it : tranche.path("milestones"))
            action = action.needs(Need.part(
                    Sentence.of(
                            "milestone-verified",
                            "The milestone \"%s\" is not verified.",
                            "milestone",
                            it.path("id").asString()),
                    "project/p1",
                    "milestone/" + it.path("id").asString(),
                    "VERIFIED"));
        return action;
    }
}
