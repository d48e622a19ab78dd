package koinon.gateway.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.From;
import koinon.gateway.audience.Owned;
import koinon.gateway.audience.Reader;
import koinon.gateway.audience.Reason;
import koinon.platform.document.EventJson;
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

/// A status as it stands until its parts or the clock change it, with its ready bytes for each audience.
public final class Shown {

    private static final String AS_ALLOWED = "as-allowed";

    /// Writes of every object what a reader may see of it.
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

    private final Listing.Line line;
    private final Status status;
    private final Contracts contracts;
    private final Map<Reader, Rendering> renderings = new ConcurrentHashMap<>();

    /// Bytes ready to be sent.
    public static final class Rendering {

        private final byte[] bytes;
        private final String etag;

        private Rendering(byte[] bytes, String etag) {
            this.bytes = bytes;
            this.etag = etag;
        }

        static Rendering of(byte[] bytes) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
                String text = new String(Base64.getUrlEncoder().withoutPadding().encode(hash), UTF_8);
                return new Rendering(bytes, '"' + text.substring(0, 22) + '"');
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        /// Not to be changed.
        public byte[] bytes() {
            return bytes;
        }

        /// Strong, with its quotes.
        public String etag() {
            return etag;
        }

        /// Whether a caller has it already.
        ///
        /// @param known as `If-None-Match` says it
        public boolean isAmong(@Nullable String known) {
            return known != null
                    && Stream.of(known.split(",", -1))
                            .map(it -> it.trim().replaceFirst("^W/", ""))
                            .anyMatch(it -> it.equals("*") || it.equals(etag));
        }
    }

    /// Those that were asked for lately, whole: two generations, of which the older makes room when the younger is
    /// full. Finding what is asked for often takes no lock.
    static final class Recent {

        private final int most;
        private volatile Map<String, Shown> young = new ConcurrentHashMap<>();
        private volatile Map<String, Shown> old = Map.of();

        /// @param most how many are kept, about half of them at least
        Recent(int most) {
            this.most = most;
        }

        @Nullable
        Shown find(String project) {
            @Nullable Shown found = young.get(project);
            if (found != null) return found;
            @Nullable Shown before = old.get(project);
            if (before != null) keep(project, before);
            return before;
        }

        void keep(String project, Shown shown) {
            Map<String, Shown> into = young;
            into.put(project, shown);
            if (into.size() >= most / 2) makeRoom(into);
        }

        @SuppressWarnings("ReferenceEquality") // Whoever filled this one makes room once.
        private synchronized void makeRoom(Map<String, Shown> full) {
            if (young != full) return;
            old = full;
            young = new ConcurrentHashMap<>();
        }
    }

    Shown(Listing.Line line, Status status, Contracts contracts) {
        this.line = line;
        this.status = status;
        this.contracts = contracts;
    }

    /// Everything that is known, for whoever may see it all.
    public Status status() {
        return status;
    }

    Listing.Line line() {
        return line;
    }

    /// The scopes of those who take part: partner cities and funders.
    public Set<String> involved() {
        return line.involved();
    }

    /// Whether it was approved, so that anyone may know of it.
    public boolean isApproved() {
        return line.isApproved();
    }

    /// Whether this reader may know of it at all.
    public boolean isVisibleTo(Reader reader) {
        return line.isVisibleTo(reader);
    }

    /// Whether it names this city and this funder in what this reader is shown of it.
    public boolean names(@Nullable String city, @Nullable String funder, Reader reader) {
        return line.names(city, funder, reader);
    }

    /// Whether this aggregate is one of those that this reader sees in it: anyone sees proposal and project, who takes
    /// part sees its agreements too.
    boolean names(String subject, Reader reader) {
        return line.parts().subjects().anyMatch(subject::equals)
                && (reader.isInvolved() || !subject.startsWith("agreement/"));
    }

    /// Ready bytes for this reader, made when first asked for.
    public Rendering rendering(Reader reader) {
        return renderings.computeIfAbsent(
                reader,
                it -> Rendering.of(WRITER.with(new SimpleFilterProvider().addFilter(AS_ALLOWED, new AsAllowed(it)))
                        .writeValueAsBytes(status.shownTo(it, isApproved(), contracts))));
    }

    /// Leaves out what the contracts do not show to a reader.
    private final class AsAllowed extends SimpleBeanPropertyFilter {

        private final Reader reader;

        private AsAllowed(Reader reader) {
            this.reader = reader;
        }

        @Override
        public void serializeAsProperty(
                Object in, JsonGenerator json, SerializationContext context, PropertyWriter property) throws Exception {
            @Nullable From from = property.getAnnotation(From.class);
            if (from != null && !shows(from, in)) return;
            if (property instanceof BeanPropertyWriter it
                    && it.get(in) instanceof Reason reason
                    && !contracts.shows(reason.type() + "#/reason", reader, isApproved(), null)) return;
            property.serializeAsProperty(in, json, context);
        }

        private boolean shows(From from, Object in) {
            String fact = isApproved() && !from.approved().isEmpty() ? from.approved() : from.value();
            return contracts.shows(fact, reader, isApproved(), in instanceof Owned it ? it.owner() : null);
        }
    }
}
