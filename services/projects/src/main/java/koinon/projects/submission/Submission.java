package koinon.projects.submission;

import java.time.Instant;
import koinon.eventing.model.Position;
import koinon.projects.plan.Plan;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/// One submission of a proposal. Deciders read it, because the partners may have edited the proposal since. Only a
/// redaction changes it.
///
/// @param id id of the event that submitted it
/// @param proposal id of the proposal
/// @param number number of the submission within its proposal, from 1
/// @param callVersion version of the call's terms by which it was found ready
/// @param submittedAt time of the submission
@Document("submissions")
public record Submission(
        @Id String id, String proposal, Integer number, Integer callVersion, Instant submittedAt, Plan plan) {

    /// The submission of an event.
    ///
    /// @param sequence of the event
    public static Submission of(String proposal, long sequence, int number, int callVersion, Instant at, Plan plan) {
        String id = new Position("proposal/" + proposal, sequence).toString();
        return new Submission(id, proposal, number, callVersion, at, plan);
    }
}
