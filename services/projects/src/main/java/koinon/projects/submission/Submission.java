package koinon.projects.submission;

import java.time.Instant;
import koinon.projects.plan.Plan;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/// One submission of a proposal: who decides reads this, whatever the partners have written since. It never changes.
///
/// @param id of the event that submitted it
/// @param proposal id of the proposal
/// @param number counts the submissions of the proposal, from 1
/// @param callVersion the version of the call's terms that it was judged ready by
/// @param submittedAt when
@Document("submissions")
public record Submission(
        @Id String id, String proposal, Integer number, Integer callVersion, Instant submittedAt, Plan plan) {}
