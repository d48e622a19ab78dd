package koinon.gateway.projection;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import koinon.eventing.redaction.Redactions;
import koinon.eventing.value.Money;
import koinon.gateway.audience.Reason;
import koinon.gateway.lifecycle.LifecycleState;
import koinon.gateway.topics.EventRecord;
import org.jspecify.annotations.Nullable;

/// What the gateway keeps of one aggregate: its lifecycle, which the envelopes of its events say, and the facts in
/// its events that a status shows. Instances are immutable once they are visible to other threads: an event changes
/// a copy, and a change replaces a value or a collection.
///
/// @param <E> the sealed interface of the events that contain such facts
public abstract class Projection<E> implements Cloneable {

    private LifecycleState networkLifecycle = LifecycleState.NONE;
    /// Null while it is the same as the network's.
    private @Nullable LifecycleState lifecycle;
    /// Null while it is the same as that of who takes part.
    private @Nullable LifecycleState publicLifecycle;
    private List<Decision> decisions = List.of();
    private SortedSet<String> redacted = Collections.emptySortedSet();

    protected Projection() {}

    /// A decision and its reason.
    ///
    /// @param type of the event; its contract says who may see the decision
    /// @param mandate under which it was decided; absent if it followed from another event
    public record Decision(
            String type,
            Instant at,
            @Nullable String mandate,
            @Nullable Reason reason) {}

    /// The projection after an event; the same object if the event changes nothing.
    ///
    /// @param initial creates the projection of an aggregate with this id
    public static <E, P extends Projection<E>> P after(
            @Nullable P before, Function<String, P> initial, Class<E> events, EventRecord message) {
        Projection<E> original = before == null ? initial.apply(message.id()) : before;
        @SuppressWarnings("unchecked") // a copy has the class of the original
        P next = (P) original.copy();
        Projection<E> changed = next;
        changed.apply(message);
        boolean isKnown = message.as(events)
                .map(it -> {
                    next.when(it, message);
                    return true;
                })
                .orElse(false);
        boolean redacts = changed.redact(message.redactions());
        return before != null && !isKnown && !redacts && changed.networkLifecycle.equals(before.networkLifecycle())
                ? before
                : next;
    }

    /// Keeps no text that the aggregate has redacted.
    private boolean redact(Redactions more) {
        if (!redacted.containsAll(more.digests())) {
            redacted = new TreeSet<>(redacted);
            redacted.addAll(more.digests());
        }
        var _ = more.with(redacted).applied(this);
        return !more.digests().isEmpty();
    }

    /// A copy without texts that are redacted elsewhere in its project.
    final Projection<E> without(Redactions redactions) {
        return redactions.applied(copy());
    }

    /// The digests of the texts that the aggregate has redacted.
    final Set<String> redacted() {
        return redacted;
    }

    private void apply(EventRecord message) {
        LifecycleState ofParticipants = after(lifecycle(), message, message.isForParticipants());
        LifecycleState ofPublic = after(publicLifecycle(), message, message.isForParticipants() && message.isPublic());
        networkLifecycle = after(networkLifecycle, message, true);
        lifecycle = ofParticipants.equals(networkLifecycle) ? null : ofParticipants;
        publicLifecycle = ofPublic.equals(ofParticipants) ? null : ofPublic;
    }

    private static LifecycleState after(LifecycleState before, EventRecord message, boolean isVisible) {
        return isVisible ? before.after(message.change(), message.at()) : before;
    }

    private Projection<E> copy() {
        try {
            @SuppressWarnings("unchecked")
            Projection<E> copy = (Projection<E>) clone();
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /// A partner city with its amounts; an amount is absent if the plan contains none.
    public record PartnerAmounts(
            String city, @Nullable Money grant, @Nullable Money coFinancing) {}

    /// The partner cities with their amounts, for comparison with the service; empty where it has none.
    public List<PartnerAmounts> amountsOfPartners() {
        return List.of();
    }

    /// The project that the aggregate belongs to; empty while unknown.
    ///
    /// @param id of the aggregate
    protected abstract String projectOf(String id);

    /// Keeps the facts of an event.
    protected abstract void when(E event, EventRecord message);

    /// Keeps an event as a decision.
    protected final void decided(EventRecord message, @Nullable String reason) {
        decisions = ImmutableCollections.with(
                decisions, new Decision(message.type(), message.at(), message.mandate(), message.reason(reason)));
    }

    /// Its state, the states of its parts, and its next actions, as all its events set them: what the network sees.
    public final LifecycleState networkLifecycle() {
        return networkLifecycle;
    }

    /// The same as the events set it that everybody may see who takes part.
    public final LifecycleState lifecycle() {
        return lifecycle == null ? networkLifecycle : lifecycle;
    }

    /// The same as the events set it that are public after the approval: what everybody may know then.
    public final LifecycleState publicLifecycle() {
        return publicLifecycle == null ? lifecycle() : publicLifecycle;
    }

    public final List<Decision> decisions() {
        return decisions;
    }
}
