package koinon.funding.funder;

import java.util.Locale;
import koinon.eventing.actor.Actor;
import koinon.eventing.model.Aggregate;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.ValidationFailed;
import koinon.funding.Role;
import org.springframework.data.mongodb.core.mapping.Document;

/// An organisation that gives money. Funds and mandates refer to it. The secretariat registers it once.
@Document("funders")
final class Funder extends Aggregate<FunderEvent> {

    /// An organisation identifier from which [#idOf] makes an id that is not empty.
    static final String IDENTIFIER = "[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*[0-9A-Za-z\\u0130\\u212a]"
            + "[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*";

    static final String NO_IDENTIFIER = "An organisation identifier has letters or digits, as in XM-DAC-41304.";

    private String name = "";
    private String country = "";
    private String identifier = "";

    private Funder() {}

    private Funder(String id) {
        super(id);
    }

    /// @param identifier the source of the id: `XM-DAC-41304` becomes `xm-dac-41304`
    static Funder register(String name, String country, String identifier, Actor by) {
        Actor secretariat = by.as(Role.SECRETARIAT.ofNetwork());
        Funder funder = new Funder(idOf(identifier));
        funder.raise(
                new FunderEvent.FunderRegistered(
                        Bounds.line("/name", name, 200),
                        Bounds.line("/country", country, 2),
                        Bounds.line("/identifier", identifier, 100)),
                secretariat);
        return funder;
    }

    /// The identifier in lower case; each run of other characters than letters and digits becomes one hyphen.
    static String idOf(String identifier) {
        String slug = identifier
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        if (slug.isEmpty()) throw new ValidationFailed("/identifier", "funder.identifier", NO_IDENTIFIER);
        return slug;
    }

    @Override
    protected void when(FunderEvent event, Actor by) {
        switch (event) {
            case FunderEvent.FunderRegistered e -> {
                name = e.name();
                country = e.country();
                identifier = e.identifier();
            }
        }
    }

    String name() {
        return name;
    }

    String country() {
        return country;
    }

    String identifier() {
        return identifier;
    }
}
