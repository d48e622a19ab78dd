package koinon.projects.project;

import koinon.eventing.test.StateDiagram;
import koinon.projects.project.ProjectEvent.MilestoneEvent;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

/// The states of a project and of its milestones.
class ProjectStatesTest {

    @Test
    void the_published_states_and_the_diagram_are_what_the_code_says() {
        StateDiagram.of("project", ProjectEvent.class, Project.State.values(), Project.State::after)
                .part(
                        "milestone",
                        MilestoneEvent.class,
                        MilestoneProgress.State.values(),
                        MilestoneProgress.State::after)
                .without(Project.State.PLACEHOLDER)
                .isWrittenIn(
                        Contracts.folder().resolve("projects"),
                        Contracts.folder().resolveSibling("docs/canvas/projects.md"));
    }
}
