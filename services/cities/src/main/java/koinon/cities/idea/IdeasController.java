package koinon.cities.idea;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.function.Consumer;
import koinon.cities.Members;
import koinon.cities.ReasonRequest;
import koinon.cities.RedactionRequest;
import koinon.cities.Violations;
import koinon.cities.city.Cities;
import koinon.cities.city.CreativeField;
import koinon.cities.gathering.Gatherings;
import koinon.cities.idea.IdeaEvent.IdeaRaised;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.document.Aggregates;
import koinon.eventing.document.Aggregates.Target;
import koinon.http.action.ActionView;
import koinon.http.action.ActionView.Circumstances;
import koinon.http.constraint.MultiLine;
import koinon.http.constraint.OneOf;
import koinon.http.page.Page;
import koinon.http.web.VersionedView;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Ideas over HTTP: members of the network read them; cities raise them and show their interest.
@RestController
@RequestMapping("/api/v1/ideas")
final class IdeasController {

    private final Ideas ideas;
    private final Cities cities;
    private final Gatherings gatherings;
    private final Aggregates aggregates;

    IdeasController(Ideas ideas, Cities cities, Gatherings gatherings, Aggregates aggregates) {
        this.ideas = ideas;
        this.cities = cities;
        this.gatherings = gatherings;
        this.aggregates = aggregates;
    }

    /// A new idea.
    ///
    /// @param city id of the city that raises it
    /// @param field the creative field; absent when it is of none alone
    /// @param gathering id of the gathering in which it is raised
    /// @param session id of one of its sessions; absent when it is raised in none
    record IdeaRequest(
            @NotBlank @Size(max = 200) String title,
            @MultiLine @NotBlank @Size(max = 10_000) String text,
            @NotBlank @Size(max = 100) String city,

            @Nullable @OneOf(CreativeField.Titles.class) String field,

            @Nullable @Size(max = 50) List<@NotBlank @Size(max = 100) String> themes,
            @NotBlank @Size(max = 100) String gathering,
            @Nullable @Size(max = 40) String session) {

        IdeaRaised facts() {
            return new IdeaRaised(
                    title,
                    text,
                    city,
                    field,
                    themes == null ? List.of() : themes,
                    gathering,
                    Violations.known(session));
        }
    }

    /// An idea as members of the network see it.
    ///
    /// @param city id of the city that raised it
    /// @param interested ids of the other cities that are interested
    /// @param reason the latest reason why it was dropped or raised again
    record View(
            String id,
            long version,
            Idea.State state,
            String title,
            String text,
            String city,
            @Nullable String field,
            List<String> themes,
            List<String> interested,
            @Nullable String gathering,
            @Nullable String session,
            @Nullable String reason,
            List<ActionView> nextActions)
            implements VersionedView {

        static View of(Idea idea, Actor by) {
            return new View(
                    idea.id(),
                    idea.version(),
                    idea.state(),
                    idea.title(),
                    idea.text(),
                    idea.city(),
                    idea.field(),
                    idea.themes(),
                    List.copyOf(idea.interested()),
                    idea.gathering(),
                    idea.session(),
                    idea.reason(),
                    ActionView.of(idea, by, Circumstances.NONE));
        }
    }

    @PostMapping
    CommandResult raise(@RequestBody IdeaRequest request, Command command) {
        return aggregates.create(
                Idea.class,
                command,
                id -> Idea.raise(
                        id,
                        request.facts(),
                        cities.participant(request.city()).orElse(null),
                        gatherings.occasion(request.gathering()).orElse(null),
                        command.by()));
    }

    @PostMapping("/{id}/interest/{city}")
    CommandResult showInterest(@PathVariable String id, @PathVariable String city, Command command) {
        return change(
                id,
                command,
                it -> it.showInterest(city, cities.participant(city).orElse(null), command.by()));
    }

    @PostMapping("/{id}/interest/{city}/withdrawal")
    CommandResult withdrawInterest(@PathVariable String id, @PathVariable String city, Command command) {
        return change(id, command, it -> it.withdrawInterest(city, command.by()));
    }

    @PostMapping("/{id}/drop")
    CommandResult drop(@PathVariable String id, @RequestBody ReasonRequest request, Command command) {
        return change(id, command, it -> it.drop(request.reason(), command.by()));
    }

    @PostMapping("/{id}/drop-reversal")
    CommandResult raiseAgain(@PathVariable String id, @RequestBody ReasonRequest request, Command command) {
        return change(id, command, it -> it.raiseAgain(request.reason(), command.by()));
    }

    @PostMapping("/{id}/redactions")
    CommandResult redact(@PathVariable String id, @RequestBody RedactionRequest request, Command command) {
        return change(id, command, it -> it.redact(request.text(), request.reason(), command.by()));
    }

    private CommandResult change(String id, Command command, Consumer<Idea> change) {
        return aggregates.change(Target.of(Idea.class, id, _ -> Members.include(command.by())), command, change);
    }

    /// Lists ideas, ordered by id; members of the network see them.
    ///
    /// @param city id of the city that raised it or is interested
    /// @param gathering id of the gathering in which it was raised
    @GetMapping
    Page<View> list(
            @RequestParam(required = false) @Nullable String city,
            @RequestParam(required = false) @Nullable String gathering,
            @RequestParam(required = false) @Nullable String state,
            Page.Wanted wanted,
            Actor by) {
        var violations = new Violations();
        violations.addAll(wanted.wrong());
        var filter = new Ideas.Filter(city, gathering, violations.constant("state", state, Idea.State.class));
        violations.orThrow();
        List<Idea> found = ideas.page(filter, wanted);
        return Page.of(wanted, Members.include(by) ? found : List.of(), Idea::id, it -> View.of(it, by));
    }

    @GetMapping("/{id}")
    View read(@PathVariable String id, Actor by) {
        return ideas.find(id)
                .filter(_ -> Members.include(by))
                .map(it -> View.of(it, by))
                .orElseThrow(RequestRejected.NotFound::new);
    }
}
