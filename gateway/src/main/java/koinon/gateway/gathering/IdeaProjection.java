package koinon.gateway.gathering;

import koinon.eventing.redaction.FreeText;
import koinon.gateway.gathering.IdeaEvent.Raised;
import koinon.gateway.projection.Projection;
import koinon.gateway.topics.EventRecord;
import org.jspecify.annotations.Nullable;

/// What a reader needs to know of an idea to see where it came from and what became of it.
public final class IdeaProjection extends Projection<IdeaEvent> {

    @FreeText
    private String title = "";

    private String city = "";
    private @Nullable String gathering;
    private @Nullable String session;

    public IdeaProjection() {}

    @Override
    protected String projectOf(String id) {
        return "";
    }

    @Override
    protected void when(IdeaEvent event, EventRecord message) {
        switch (event) {
            case Raised it -> {
                title = it.title();
                city = it.city();
                gathering = it.gathering();
                session = it.session();
            }
        }
    }

    public String title() {
        return title;
    }

    /// Id of the city that raised it.
    public String city() {
        return city;
    }

    /// Id of the gathering in which it was raised; absent if it was raised elsewhere.
    public @Nullable String gathering() {
        return gathering;
    }

    /// Id of the session in which it was raised; absent if it was raised in none.
    public @Nullable String session() {
        return session;
    }
}
