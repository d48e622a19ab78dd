package koinon.cities.idea;

import java.util.List;
import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.EventType;
import koinon.eventing.redaction.FreeText;
import org.jspecify.annotations.Nullable;

/// The events of an idea.
sealed interface IdeaEvent extends DomainEvent {

    /// @param city id of the city that raised it
    /// @param field the network's name of the creative field; absent when it is of none alone
    /// @param gathering id of the gathering in which it was raised
    /// @param session id of the session in which it was raised; absent when it was raised in none
    @EventType("koinon.idea.raised.v1")
    record IdeaRaised(
            @FreeText String title,
            @FreeText String text,
            String city,
            @Nullable String field,
            List<String> themes,
            @Nullable String gathering,
            @Nullable String session)
            implements IdeaEvent {}

    @EventType("koinon.idea.interest-shown.v1")
    record InterestShown(String city) implements IdeaEvent {}

    @EventType("koinon.idea.interest-withdrawn.v1")
    record InterestWithdrawn(String city) implements IdeaEvent {}

    @EventType("koinon.idea.dropped.v1")
    record IdeaDropped(@FreeText String reason) implements IdeaEvent {}

    @EventType("koinon.idea.raised-again.v1")
    record IdeaRaisedAgain(@FreeText String reason) implements IdeaEvent {}

    /// The text is redacted wherever it stands.
    @EventType("koinon.idea.text-redacted.v1")
    record TextRedacted(String digest, @FreeText String reason) implements IdeaEvent, DomainEvent.TextRedacted {}

    @EventType("koinon.idea.next-changed.v1")
    record NextChanged() implements IdeaEvent, NextActionsChanged {}
}
