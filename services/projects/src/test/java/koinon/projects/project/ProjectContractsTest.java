package koinon.projects.project;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import koinon.eventing.document.EventJson;
import koinon.projects.project.event.Evidence;
import koinon.projects.project.event.ProjectEvent;
import koinon.projects.project.event.ProjectEvent.*;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

class ProjectContractsTest {

    @Test
    void a_projects_events_are_published_as_their_newest_samples() {
        Contracts.publishes(
                "projects",
                ProjectEvent.class,
                EventJson.mapper()::writeValueAsString,
                new ProjectCreated(1, ProjectFixture.approvedPlan()),
                new PartnershipSigned("ph-cebu-city"),
                new PartnerSteppedBack("ph-cebu-city", "The council has cut its budget for culture."),
                new StepBackWithdrawn("ph-cebu-city", true),
                new PartnerReleased("ph-cebu-city", "The lead takes over its workshops."),
                new ProjectStarted(),
                new TextRedacted(
                        "hKV5bkL2Yw0cB1Jf0m7qvVt3o9sQ4dXeUuRzN8iGaPE", "It named a person who did not agree to it."),
                new NextChanged(),
                new ProjectSuspended("The city council was dissolved."),
                new ProjectResumed("A new council has confirmed the project."),
                new ProjectCompleted("All milestones are verified."),
                new CompletionReversed("A report was of another event."),
                new ProjectTerminated("The lead has left the network."),
                new ProjectClosed("All agreements are closed."),
                new MilestoneReported(
                        "m2",
                        "The fair was held; the list of visitors and a film show it.",
                        List.of(
                                new Evidence("Film of the fair", "https://example.org/fair.mp4", null, null),
                                new Evidence(
                                        "Visitors by day",
                                        "https://example.org/visitors.pdf",
                                        "0123456789abcdef".repeat(4),
                                        "application/pdf"))),
                new MilestoneVerified("m1", new BigDecimal("0.8125"), "13 of 16 workshops were held."),
                new MilestoneReturned("m1", "The list of participants is missing."),
                new VerificationWithdrawn("m1", "The photos are of another event."),
                new PostponementRequested(
                        "m2", LocalDate.parse("2026-10-15"), "The exhibition hall is being repaired until September."),
                new PostponementAgreed("m2", LocalDate.parse("2026-10-15"), "There is no other hall."),
                new PostponementRefused("m2", "The fair can take place in the open."),
                new PostponementWithdrawn("m2", "The hall is ready in time."),
                new PostponementLapsed("m2", "The milestone was reported."));
    }
}
