package koinon.gateway.status;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import koinon.eventing.document.EventJson;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.OwnedFact;
import koinon.gateway.audience.Reader;
import koinon.gateway.audience.Reason;
import koinon.gateway.audience.ShownFrom;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.ser.std.SimpleBeanPropertyFilter;
import tools.jackson.databind.ser.std.SimpleFilterProvider;

/// A status, valid until its facts or the clock change it, with the rendered bytes for each audience.
public final class RenderedStatus {

    private static final String AS_ALLOWED = "as-allowed";

    /// Writes of each object only what a reader may see.
    private static final ObjectWriter WRITER = EventJson.mapper()
            .rebuild()
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Object findFilterId(MapperConfig<?> config, Annotated type) {
                    return AS_ALLOWED;
                }
            })
            .addMixIn(Reason.class, ReasonAsText.class)
            .build()
            .writer();

    private interface ReasonAsText {
        @JsonValue
        String text();
    }

    private final IndexEntry entry;
    private final Status status;
    private final Contracts contracts;
    private final Map<Reader, Rendering> renderings = new ConcurrentHashMap<>();
    private final Map<Reader, Rendering> items = new ConcurrentHashMap<>();

    RenderedStatus(IndexEntry entry, Status status, Contracts contracts) {
        this.entry = entry;
        this.status = status;
        this.contracts = contracts;
    }

    /// The complete status, for readers who may see everything.
    public Status status() {
        return status;
    }

    /// What a list needs of it.
    public IndexEntry entry() {
        return entry;
    }

    /// The scopes of the partner cities and funders.
    public Set<String> involved() {
        return entry.involved();
    }

    /// Whether the project was approved, so that it is public.
    public boolean isApproved() {
        return entry.isApproved();
    }

    /// Whether this reader may see the project at all.
    public boolean isVisibleTo(Reader reader) {
        return entry.isVisibleTo(reader);
    }

    /// Whether the part that this reader may see names this city and this funder.
    public boolean names(@Nullable String city, @Nullable String funder, Reader reader) {
        return entry.names(city, funder, reader);
    }

    /// Whether this reader may see this aggregate of the project: the proposal and the project are visible to
    /// everybody, the agreements to participants.
    public boolean names(String subject, Reader reader) {
        return entry.facts().subjects().anyMatch(subject::equals)
                && (reader.isInvolved() || !subject.startsWith("agreement/"));
    }

    /// The bytes for this reader, rendered on the first call.
    public Rendering rendering(Reader reader) {
        return renderings.computeIfAbsent(
                reader,
                it -> Rendering.of(
                        WRITER.with(new SimpleFilterProvider().addFilter(AS_ALLOWED, new VisibilityFilter(it)))
                                .writeValueAsBytes(status.shownTo(it, isApproved(), contracts))));
    }

    /// The bytes of its item in a list for this reader, rendered on the first call.
    public Rendering item(Reader reader) {
        return items.computeIfAbsent(reader, it -> Rendering.json(entry.item(it, contracts)));
    }

    /// Omits what the contracts do not show to a reader.
    private final class VisibilityFilter extends SimpleBeanPropertyFilter {

        private final Reader reader;

        private VisibilityFilter(Reader reader) {
            this.reader = reader;
        }

        @Override
        public void serializeAsProperty(
                Object in, JsonGenerator json, SerializationContext context, PropertyWriter property) throws Exception {
            @Nullable ShownFrom from = property.getAnnotation(ShownFrom.class);
            if (from != null && !shows(from, in)) return;
            if (property instanceof BeanPropertyWriter it
                    && it.get(in) instanceof Reason reason
                    && !contracts.shows(reason.type() + "#/reason", reader, isApproved(), null)) return;
            property.serializeAsProperty(in, json, context);
        }

        private boolean shows(ShownFrom from, Object in) {
            String fact = isApproved() && !from.approved().isEmpty() ? from.approved() : from.value();
            return contracts.shows(fact, reader, isApproved(), in instanceof OwnedFact it ? it.owner() : null);
        }
    }
}
