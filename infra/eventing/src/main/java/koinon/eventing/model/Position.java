package koinon.eventing.model;

import koinon.eventing.rule.ValidationFailed;

/// The position of an event: its aggregate and its sequence. As text it is the id of the event,
/// `<aggregate>/<id>/<sequence>`.
///
/// @param subject `<aggregate>/<id>`
public record Position(String subject, long sequence) {

    /// @throws ValidationFailed when the text is not of that form
    public static Position parse(String text) {
        int last = text.lastIndexOf('/');
        if (!text.matches("[a-z-]{1,40}/[a-z0-9-]{1,100}/[1-9][0-9]{0,17}"))
            throw new ValidationFailed(
                    "position", "validation.position", "A position has the form <aggregate>/<id>/<sequence>.");
        return new Position(text.substring(0, last), Long.parseLong(text.substring(last + 1)));
    }

    @Override
    public String toString() {
        return subject + "/" + sequence;
    }
}
