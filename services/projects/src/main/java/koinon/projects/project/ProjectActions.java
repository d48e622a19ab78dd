package koinon.projects.project;

import java.util.Collection;
import java.util.stream.Stream;
import koinon.eventing.action.Need;
import koinon.eventing.action.NextAction;
import koinon.eventing.value.Sentence;

/// What can be done next with a project.
record ProjectActions(Project project, ProjectPermissions permissions) {

    private static final Sentence NOT_ACTIVE = Sentence.of("project-active", "The project is not active.");

    Stream<NextAction> all() {
        return switch (project.state()) {
            case PLACEHOLDER, CLOSED -> Stream.of();
            case CONTRACTING -> concat(signatures(), releases(), work());
            case ACTIVE -> concat(releases(), work(), allVerified() ? completion() : Stream.of());
            case SUSPENDED -> concat(decision("project.resume", "Resume the project."), releases(), work());
            case COMPLETED, TERMINATED ->
                project.openAgreements().isEmpty() ? decision("project.close", "Close the project.") : Stream.of();
        };
    }

    private static Stream<NextAction> concat(
            Stream<NextAction> first, Stream<NextAction> second, Stream<NextAction> third) {
        return Stream.concat(first, Stream.concat(second, third));
    }

    private Stream<NextAction> decision(String action, String text) {
        return Stream.of(permissions.decision(action, text));
    }

    private Stream<NextAction> signatures() {
        return project.partners().signatures(permissions.cities());
    }

    private Stream<NextAction> releases() {
        return project.partners().releases(permissions);
    }

    /// What is to do for the milestones; nothing of it is possible before the project is active.
    private Stream<NextAction> work() {
        Stream<NextAction> all = milestones().stream().flatMap(it -> it.nextActions(permissions, project.zone()));
        return project.state() == Project.State.ACTIVE
                ? all
                : all.map(it -> it.needs(Need.state(NOT_ACTIVE, "project/" + project.id(), Project.State.ACTIVE)));
    }

    private Stream<NextAction> completion() {
        return permissions.verifications("project.complete", "Complete the project.");
    }

    private boolean allVerified() {
        return milestones().stream().allMatch(MilestoneProgress::isVerified);
    }

    private Collection<MilestoneProgress> milestones() {
        return project.milestones().values();
    }
}
