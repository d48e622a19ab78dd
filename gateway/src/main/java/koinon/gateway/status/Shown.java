package koinon.gateway.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import koinon.gateway.audience.Audience;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Public;
import koinon.platform.document.EventJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectWriter;

/// A status as it stands until its parts or the clock change it, with its ready bytes for each audience.
public final class Shown {

    private static final ObjectWriter FOR_INVOLVED = EventJson.mapper().writer();
    private static final ObjectWriter FOR_ANYONE = EventJson.mapper()
            .rebuild()
            .disable(MapperFeature.DEFAULT_VIEW_INCLUSION)
            .build()
            .writerWithView(Public.class);

    private final Listing.Line line;
    private final Status status;
    private final Contracts contracts;
    private final Map<Audience, Rendering> renderings = new ConcurrentHashMap<>();

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

    /// Whether this audience may know of it at all.
    public boolean isVisibleTo(Audience audience) {
        return line.isVisibleTo(audience);
    }

    /// Whether it names this city and this funder in what this audience is shown of it.
    public boolean names(@Nullable String city, @Nullable String funder, Audience audience) {
        return line.names(city, funder, audience);
    }

    /// Whether this aggregate is one of those that this audience sees in it: anyone sees proposal and project, who
    /// takes
    /// part sees its agreements too.
    boolean names(String subject, Audience audience) {
        return line.parts().subjects().anyMatch(subject::equals)
                && (audience != Audience.PUBLIC || !subject.startsWith("agreement/"));
    }

    /// Ready bytes for this audience, made when first asked for. Funders are shown what all participants are; what is
    /// theirs alone is in the timeline.
    public Rendering rendering(Audience audience) {
        return renderings.computeIfAbsent(
                audience == Audience.FUNDERS ? Audience.PARTICIPANTS : audience,
                it -> Rendering.of((it == Audience.PUBLIC ? FOR_ANYONE : FOR_INVOLVED).writeValueAsBytes(shownTo(it))));
    }

    /// What this audience sees of it; of each thing anyone is written what is [Public].
    private Status shownTo(Audience audience) {
        List<Status.Decided> decisions = status.decisions() == null ? List.of() : status.decisions();
        List<Status.Decided> allowed = decisions.stream()
                .filter(it -> audience.sees(contracts.of(it.decision(), isApproved())))
                .toList();
        return status.with(audience == Audience.PUBLIC ? status.takingPart() : status.partners(), allowed);
    }
}
