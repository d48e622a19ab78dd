package koinon.demo.client;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// What the gateway says of one project.
public record Status(JsonNode json) {

    public String id() {
        return json.path("id").asString("");
    }

    public String phase() {
        return json.path("phase").asString("");
    }

    /// Where the agreement with a fund stands; empty while there is none.
    public String agreement(String fund) {
        return ofFund(fund).map(it -> it.path("state").asString("")).orElse("");
    }

    /// Where a tranche of the agreement with a fund stands; empty while there is none.
    public String tranche(String fund, String tranche) {
        return find(fund, tranche).map(it -> it.path("state").asString("")).orElse("");
    }

    /// Whether there are agreements and all of them are closed.
    public boolean agreementsAreClosed() {
        return !json.path("agreements").isEmpty()
                && all(json.path("agreements"))
                        .allMatch(it -> it.path("state").asString("").equals("CLOSED"));
    }

    /// What a tranche pays, decimal; empty while it is not known.
    public String payable(String fund, String tranche) {
        return find(fund, tranche)
                .map(it -> it.path("payable").path("amount").asString(""))
                .orElse("");
    }

    public String milestone(String id) {
        return ofMilestone(id, "/state");
    }

    /// The day last agreed, ISO 8601.
    public String due(String milestone) {
        return ofMilestone(milestone, "/due");
    }

    /// The day that the lead wishes it to be due and that is not decided; empty without such a wish.
    public String postponement(String milestone) {
        return ofMilestone(milestone, "/postponement/due");
    }

    private String ofMilestone(String id, String pointer) {
        return all(json.path("milestones"))
                .filter(it -> it.path("id").asString("").equals(id))
                .map(it -> it.at(pointer).asString(""))
                .findFirst()
                .orElse("");
    }

    /// Whether a holder of this right, `<role>@<scope>`, can do something about it now.
    public boolean isAskedOf(String right, String about) {
        return all(json.path("nextActions"))
                .anyMatch(it -> it.path("right").asString("").equals(right)
                        && it.at("/says/text").asString("").contains(about));
    }

    /// Why something was decided, by the last event of this type; empty when it was not, or without a reason.
    public String reasonOf(String decision) {
        return all(json.path("decisions"))
                .filter(it -> it.path("decision").asString("").equals(decision))
                .map(it -> it.path("reason").asString(""))
                .reduce("", (_, last) -> last);
    }

    /// In one line, for people.
    public String inShort() {
        return phase() + ", "
                + all(json.path("money"))
                        .map(it -> it.path("paid").path("amount").asString("") + " of "
                                + it.path("requested").path("amount").asString("") + " "
                                + it.path("currency").asString("") + " paid")
                        .collect(Collectors.joining(", "));
    }

    private Optional<JsonNode> find(String fund, String tranche) {
        return ofFund(fund)
                .flatMap(it -> all(it.path("tranches"))
                        .filter(one -> one.path("id").asString("").equals(tranche))
                        .findFirst());
    }

    private Optional<JsonNode> ofFund(String fund) {
        return all(json.path("agreements"))
                .filter(it -> it.path("fund").path("id").asString("").equals(fund))
                .findFirst();
    }

    private static Stream<JsonNode> all(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
