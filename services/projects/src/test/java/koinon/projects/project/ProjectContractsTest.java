package koinon.projects.project;

import java.math.BigDecimal;
import koinon.platform.document.EventJson;
import koinon.projects.project.ProjectEvent.MilestoneReported;
import koinon.projects.project.ProjectEvent.MilestoneReturned;
import koinon.projects.project.ProjectEvent.MilestoneVerified;
import koinon.projects.project.ProjectEvent.PartnershipSigned;
import koinon.projects.project.ProjectEvent.ProjectClosed;
import koinon.projects.project.ProjectEvent.ProjectCompleted;
import koinon.projects.project.ProjectEvent.ProjectCreated;
import koinon.projects.project.ProjectEvent.ProjectResumed;
import koinon.projects.project.ProjectEvent.ProjectStarted;
import koinon.projects.project.ProjectEvent.ProjectSuspended;
import koinon.projects.project.ProjectEvent.ProjectTerminated;
import koinon.projects.project.ProjectEvent.VerificationWithdrawn;
import koinon.testing.Contracts;
import org.junit.jupiter.api.Test;

class ProjectContractsTest {

    @Test
    void a_projects_events_are_published_as_their_newest_samples() {
        Contracts.publishes(
                "projects",
                ProjectEvent.class,
                EventJson.mapper()::writeValueAsString,
                new ProjectCreated(1, Stage.award()),
                new PartnershipSigned("ph-cebu-city"),
                new ProjectStarted(),
                new ProjectSuspended("The city council was dissolved."),
                new ProjectResumed("A new council has confirmed the project."),
                new ProjectCompleted("All milestones are verified."),
                new ProjectTerminated("The lead has left the network."),
                new ProjectClosed("All agreements are closed."),
                new MilestoneReported("m1", "The opening took place on 28 May with 240 guests."),
                new MilestoneVerified("m1", new BigDecimal("0.8125"), "13 of 16 workshops were held."),
                new MilestoneReturned("m1", "The list of participants is missing."),
                new VerificationWithdrawn("m1", "The photos are of another event."));
    }
}
