package koinon.projects.project;

import koinon.eventing.test.StateDiagram;
import koinon.projects.project.event.ProjectEvent;
import koinon.projects.project.event.ProjectEvent.MilestoneEvent;
import koinon.projects.project.event.ProjectEvent.PartnerEvent;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

/// The states of a project, of its milestones and of its partners.
class ProjectStatesTest {

    @Test
    void the_published_states_and_the_diagram_are_what_the_code_says() {
        StateDiagram.of("project", ProjectEvent.class, Project.State.values(), Project.State::after)
                .part(
                        "milestone",
                        MilestoneEvent.class,
                        MilestoneProgress.State.values(),
                        MilestoneProgress.State::after)
                .part("partnership", PartnerEvent.class, ProjectPartners.State.values(), ProjectPartners.State::after)
                .without(Project.State.PLACEHOLDER)
                .without(ProjectPartners.State.UNSIGNED)
                .isWrittenIn(
                        Contracts.folder().resolve("projects"),
                        Contracts.folder().resolveSibling("docs/canvas/projects.md"));
    }
}
