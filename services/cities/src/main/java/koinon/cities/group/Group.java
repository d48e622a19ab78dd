package koinon.cities.group;

import static java.util.Objects.requireNonNull;
import static koinon.cities.group.Group.State.ACTIVE;
import static koinon.cities.group.Group.State.RETIRED;

import koinon.cities.Role;
import koinon.cities.Violations;
import koinon.cities.fact.PlainName;
import koinon.cities.group.GroupEvent.*;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Right;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.Lifecycle;
import koinon.eventing.redaction.FreeText;
import koinon.eventing.rule.Bounds;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.mapping.Document;

/// Cities that are named together: those of an association of countries, or of a sub-network.
///
/// A group is a name and its members, with the source of both. It grants no right: lists are filtered by it. A group
/// that has come to an end is retired and keeps its members; it may be reopened. Only the secretariat changes a group.
@Document("groups")
final class Group extends Aggregate<GroupEvent> {

    static final int LONGEST_NAME = 200;

    private static final Right SECRETARIAT = Role.SECRETARIAT.ofNetwork();

    private State state = ACTIVE;

    @FreeText
    private String name = "";

    private @Nullable Definition definition;

    @FreeText
    private @Nullable String reason;

    enum State implements Lifecycle<State> {
        /// Its members can change.
        ACTIVE("change its members, or retire it."),
        /// It has come to an end; lists can still be filtered by it.
        RETIRED("reopen it.");

        private final String way;

        State(String way) {
            this.way = way;
        }

        @Override
        public String way() {
            return way;
        }

        State after(GroupEvent event) {
            return switch (event) {
                case GroupRegistered _, GroupChanged _ -> from(ACTIVE);
                case GroupRetired _ -> from(ACTIVE).to(RETIRED);
                case GroupReopened _ -> from(RETIRED).to(ACTIVE);
                case TextRedacted _, NextChanged _ -> this;
            };
        }
    }

    /// For Spring Data.
    Group() {}

    private Group(String id) {
        super(id);
    }

    /// Registers a group. Its id is made of its name.
    static Group register(String name, Definition definition, Definition.Known known, Actor by) {
        Actor secretariat = by.as(SECRETARIAT);
        var violations = new Violations();
        violations.line("/name", name, LONGEST_NAME);
        definition.check(known, violations);
        violations.orThrow();
        var group = new Group(PlainName.slug(name));
        group.raise(new GroupRegistered(name, definition), secretariat);
        return group;
    }

    /// Replaces the members, the other names, the coordinator and the source.
    void change(Definition next, Definition.Known known, String reason, Actor by) {
        Actor secretariat = by.as(SECRETARIAT);
        var event = new GroupChanged(next, Bounds.reason(reason));
        state.after(event);
        var violations = new Violations();
        next.check(known, violations);
        if (next.equals(definition)) violations.wrong("", "group.changes-nothing", "It changes nothing.");
        violations.orThrow();
        raise(event, secretariat);
    }

    void retire(String reason, Actor by) {
        raise(new GroupRetired(Bounds.reason(reason)), by.as(SECRETARIAT));
    }

    void reopen(String reason, Actor by) {
        raise(new GroupReopened(Bounds.reason(reason)), by.as(SECRETARIAT));
    }

    @Override
    protected void redact(String text, String reason, Actor by) {
        super.redact(text, reason, by.as(SECRETARIAT));
    }

    @Override
    protected GroupEvent textRedacted(String digest, String reason) {
        return new TextRedacted(digest, reason);
    }

    @Override
    protected GroupEvent nextActionsChanged() {
        return new NextChanged();
    }

    @Override
    protected void when(GroupEvent event, Actor by) {
        state = state.after(event);
        switch (event) {
            case GroupRegistered it -> {
                name = it.name();
                definition = it.definition();
            }
            case GroupChanged it -> {
                definition = it.definition();
                reason = it.reason();
            }
            case GroupRetired it -> reason = it.reason();
            case GroupReopened it -> reason = it.reason();
            case TextRedacted _, NextChanged _ -> {}
        }
    }

    State state() {
        return state;
    }

    @Override
    public PublishedState publishedState() {
        return PublishedState.of(state);
    }

    String name() {
        return name;
    }

    Definition definition() {
        return requireNonNull(definition);
    }

    /// The latest reason why it was changed, retired or reopened; otherwise absent.
    @Nullable
    String reason() {
        return reason;
    }
}
