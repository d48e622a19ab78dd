package koinon.cities.idea;

import static koinon.cities.idea.Idea.State.DROPPED;
import static koinon.cities.idea.Idea.State.RAISED;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import koinon.cities.Participant;
import koinon.cities.Role;
import koinon.cities.Violations;
import koinon.cities.city.CreativeField;
import koinon.cities.gathering.programme.Occasion;
import koinon.cities.idea.IdeaEvent.*;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Right;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.Lifecycle;
import koinon.eventing.redaction.FreeText;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.RuleViolation;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// What a city would do together with others.
///
/// A city raises it in a gathering or in one of its sessions; other cities show their interest. It is dropped with a
/// reason, and may be raised again. A proposal that names it as its origin takes it up, which is no state of the idea.
@Document("ideas")
@CompoundIndex(name = "by-city", def = "{'city': 1, '_id': 1}")
@CompoundIndex(name = "by-gathering", def = "{'gathering': 1, '_id': 1}")
@CompoundIndex(name = "by-state", def = "{'state': 1, '_id': 1}")
final class Idea extends Aggregate<IdeaEvent> {

    static final int LONGEST_TITLE = 200;
    static final int LONGEST_TEXT = 10_000;
    static final int LONGEST_THEME = 100;
    static final int MOST_THEMES = 50;

    private static final Right SECRETARIAT = Role.SECRETARIAT.ofNetwork();

    private State state = RAISED;

    @FreeText
    private String title = "";

    @FreeText
    private String text = "";

    private String city = "";
    private @Nullable String field;
    private List<String> themes = List.of();
    private Set<String> interested = new LinkedHashSet<>();
    private @Nullable String gathering;
    private @Nullable String session;

    @FreeText
    private @Nullable String reason;

    enum State implements Lifecycle<State> {
        /// Cities may show their interest, and proposals may take it up.
        RAISED("show your interest, or start a proposal from it."),
        /// It is not followed up.
        DROPPED("raise it again.");

        private final String way;

        State(String way) {
            this.way = way;
        }

        @Override
        public String way() {
            return way;
        }

        State after(IdeaEvent event) {
            return switch (event) {
                case IdeaRaised _, InterestShown _, InterestWithdrawn _ -> from(RAISED);
                case IdeaDropped _ -> from(RAISED).to(DROPPED);
                case IdeaRaisedAgain _ -> from(DROPPED).to(RAISED);
                case TextRedacted _, NextChanged _ -> this;
            };
        }
    }

    /// For Spring Data.
    Idea() {}

    private Idea(String id) {
        super(id);
    }

    /// Raises an idea.
    ///
    /// @param known the city that raises it; absent if it is not registered
    /// @param occasion the gathering that the facts name; absent if there is none
    static Idea raise(String id, IdeaRaised facts, @Nullable Participant known, @Nullable Occasion occasion, Actor by) {
        Actor editor = by.as(Role.CITY_EDITOR.ofCity(facts.city()));
        Participant.admitted(facts.city(), known, "/city");
        check(facts, occasion);
        if (occasion != null && occasion.cancelled())
            throw new RuleViolation("gathering-cancelled", "The gathering was cancelled; no idea is raised in it.");
        var idea = new Idea(id);
        idea.raise(facts, editor);
        return idea;
    }

    private static void check(IdeaRaised facts, @Nullable Occasion occasion) {
        var violations = new Violations();
        violations.line("/title", facts.title(), LONGEST_TITLE);
        violations.text("/text", facts.text(), LONGEST_TEXT);
        if (facts.field() != null) violations.oneOf("/field", facts.field(), new CreativeField.Titles().get());
        violations.atMost("/themes", facts.themes(), MOST_THEMES);
        for (int i = 0; i < facts.themes().size(); i++)
            violations.line("/themes/" + i, facts.themes().get(i), LONGEST_THEME);
        if (occasion == null)
            violations.wrong(
                    "/gathering", "idea.no-gathering", "There is no gathering %s.", "gathering", facts.gathering());
        else if (facts.session() != null && !occasion.sessions().contains(facts.session()))
            violations.wrong(
                    "/session", "idea.no-session", "The gathering has no session %s.", "session", facts.session());
        violations.orThrow();
    }

    /// A city other than the one that raised it is interested.
    ///
    /// @param known the city; absent if it is not registered
    void showInterest(String from, @Nullable Participant known, Actor by) {
        Actor editor = by.as(Role.CITY_EDITOR.ofCity(from));
        state.after(new InterestShown(from));
        Participant.admitted(from, known, "city");
        if (from.equals(city)) throw new RuleViolation("own-idea", "The city raised this idea itself.");
        if (!interested.contains(from)) raise(new InterestShown(from), editor);
    }

    void withdrawInterest(String from, Actor by) {
        Actor editor = by.as(Role.CITY_EDITOR.ofCity(from));
        state.after(new InterestWithdrawn(from));
        if (!interested.contains(from))
            throw new RuleViolation("no-interest", "%s has shown no interest.", "city", from);
        raise(new InterestWithdrawn(from), editor);
    }

    void drop(String reason, Actor by) {
        raise(new IdeaDropped(Bounds.reason(reason)), owner(by));
    }

    void raiseAgain(String reason, Actor by) {
        raise(new IdeaRaisedAgain(Bounds.reason(reason)), owner(by));
    }

    private Actor owner(Actor by) {
        return by.as(Role.CITY_EDITOR.ofCity(city), SECRETARIAT);
    }

    @Override
    protected void redact(String text, String reason, Actor by) {
        super.redact(text, reason, by.as(SECRETARIAT));
    }

    @Override
    protected IdeaEvent textRedacted(String digest, String reason) {
        return new TextRedacted(digest, reason);
    }

    @Override
    protected IdeaEvent nextActionsChanged() {
        return new NextChanged();
    }

    @Override
    protected void when(IdeaEvent event, Actor by) {
        state = state.after(event);
        switch (event) {
            case IdeaRaised it -> {
                title = it.title();
                text = it.text();
                city = it.city();
                field = it.field();
                themes = List.copyOf(it.themes());
                gathering = it.gathering();
                session = it.session();
            }
            case InterestShown it -> interested.add(it.city());
            case InterestWithdrawn it -> interested.remove(it.city());
            case IdeaDropped it -> reason = it.reason();
            case IdeaRaisedAgain it -> reason = it.reason();
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

    String title() {
        return title;
    }

    String text() {
        return text;
    }

    /// Id of the city that raised it.
    String city() {
        return city;
    }

    /// The network's name of the creative field; absent when it is of none alone.
    @Nullable
    String field() {
        return field;
    }

    List<String> themes() {
        return themes;
    }

    /// The ids of the other cities that are interested.
    Set<String> interested() {
        return interested;
    }

    /// Id of the gathering in which it was raised.
    @Nullable
    String gathering() {
        return gathering;
    }

    /// Id of the session in which it was raised; absent when it was raised in none.
    @Nullable
    String session() {
        return session;
    }

    /// The latest reason why it was dropped or raised again; otherwise absent.
    @Nullable
    String reason() {
        return reason;
    }
}
