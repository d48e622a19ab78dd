package koinon.gateway.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import koinon.gateway.audience.Audience;
import koinon.gateway.audience.Contracts;
import koinon.gateway.part.Parts;
import koinon.gateway.status.Status.Health.Level;
import koinon.platform.document.EventJson;

/// A status as it stands until its parts or the clock change it, with its ready bytes for each audience.
public final class Shown {

    private final Parts parts;
    private final Status status;
    private final Instant from;
    private final Instant until;
    private final Contracts contracts;
    private final Set<String> involved;
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
    }

    Shown(Parts parts, Derivation derivation, Contracts contracts) {
        this.parts = parts;
        this.status = derivation.status();
        this.from = derivation.from();
        this.until = derivation.until();
        this.contracts = contracts;
        this.involved = involved(status);
    }

    private static Set<String> involved(Status status) {
        var involved = new LinkedHashSet<String>();
        for (Status.Partner it : status.partners())
            if (!it.state().equals("DECLINED") && !it.state().equals("REMOVED"))
                involved.add("city/" + it.city().id());
        if (status.agreements() != null)
            for (Status.Agreement it : status.agreements())
                if (it.fund().funder() != null)
                    involved.add("funder/" + it.fund().funder());
        return involved;
    }

    /// Everything that is known, for whoever may see it all.
    public Status status() {
        return status;
    }

    Parts parts() {
        return parts;
    }

    boolean isOf(Parts now, Instant at) {
        return parts.read().equals(now.read()) && at.isBefore(until);
    }

    /// Whether the clock alone has made it another one since.
    boolean isPast(Parts now, Instant at) {
        return parts.read().equals(now.read()) && !at.isBefore(until);
    }

    /// Whether the clock alone has made it another one after that moment.
    boolean changedByClockSince(Instant moment) {
        return from.isAfter(moment);
    }

    /// The scopes of those who take part: partner cities and funders.
    public Set<String> involved() {
        return involved;
    }

    /// Whether it was approved, so that anyone may know of it.
    public boolean isApproved() {
        return parts.award() != null;
    }

    /// Whether this audience may know of it at all.
    public boolean isVisibleTo(Audience audience) {
        return audience != Audience.PUBLIC || isApproved();
    }

    /// Ready bytes for this audience, made when first asked for.
    public Rendering rendering(Audience audience) {
        return renderings.computeIfAbsent(
                audience, it -> Rendering.of(EventJson.mapper().writeValueAsBytes(shownTo(it))));
    }

    /// What this audience sees of it.
    Status shownTo(Audience audience) {
        List<Status.Decided> decisions = status.decisions() == null ? List.of() : status.decisions();
        List<Status.Decided> allowed = decisions.stream()
                .filter(it -> audience.sees(contracts.of(it.decision(), isApproved())))
                .toList();
        return switch (audience) {
            case PUBLIC -> status.forPublic(allowed);
            case PARTICIPANTS, NETWORK -> status.with(allowed);
        };
    }

    Level level() {
        return status.health().level();
    }
}
