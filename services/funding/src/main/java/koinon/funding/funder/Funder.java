package koinon.funding.funder;

import java.util.Locale;
import java.util.regex.Pattern;
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
    /// In ASCII, so that no letter of it is missing in the id.
    static final String IDENTIFIER = "[ -~]*[0-9A-Za-z][ -~]*";

    static final String NO_IDENTIFIER =
            "An organisation identifier has letters from A to Z or digits, and signs, as in XM-DAC-41304.";

    private static final Pattern IDENTIFIER_PATTERN = Pattern.compile(IDENTIFIER);

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
        if (!IDENTIFIER_PATTERN.matcher(identifier).matches())
            throw new ValidationFailed("/identifier", "funder.identifier", NO_IDENTIFIER);
        return identifier.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
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
