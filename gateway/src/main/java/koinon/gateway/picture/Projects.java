package koinon.gateway.picture;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import koinon.gateway.directory.KnownFund;
import koinon.gateway.part.AgreementPart;
import koinon.gateway.part.Award;
import koinon.gateway.part.Parts;
import koinon.gateway.part.ProposalPart;
import koinon.gateway.reading.Source;
import org.jspecify.annotations.Nullable;

/// The parts of every project, and which projects name a city, a call, a fund or a funder. Parts are immutable and
/// put in place whole, so that any thread reads without a lock; one thread writes.
final class Projects {

    private final Function<String, @Nullable Source> sources;
    private final Map<String, Parts> parts = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> naming = new ConcurrentHashMap<>();

    /// @param sources every source by its subject
    Projects(Function<String, @Nullable Source> sources) {
        this.sources = sources;
    }

    /// Takes in a source as it is now.
    ///
    /// @return the projects whose status is another one now
    Set<String> changed(Source source) {
        Optional<String> owner = Parts.projectOf(source);
        if (owner.isPresent()) {
            Parts after = parts.getOrDefault(owner.get(), Parts.none(owner.get()));
            parts.put(owner.get(), name(after.with(source)));
            return Set.of(owner.get());
        }
        Set<String> touched = Set.copyOf(naming.getOrDefault(source.subject(), Set.of()));
        for (String project : touched) parts.computeIfPresent(project, (_, it) -> name(it.touchedBy(source)));
        return touched;
    }

    /// Remembers what these parts name. What they name for the first time touches them, whichever came first.
    private Parts name(Parts it) {
        Parts named = it;
        for (String subject : named(it)) {
            if (!naming.computeIfAbsent(subject, _ -> ConcurrentHashMap.newKeySet())
                    .add(it.id())) continue;
            @Nullable Source source = sources.apply(subject);
            if (source != null && source.changed() >= 0) named = named.touchedBy(source);
        }
        return named;
    }

    private Set<String> named(Parts it) {
        var named = new HashSet<String>();
        if (it.proposal() != null) {
            named.add("call/" + it.proposal().call());
            for (ProposalPart.Partner partner : it.proposal().partners()) named.add("city/" + partner.city());
        }
        @Nullable Award award = it.award();
        if (award != null) {
            named.add("call/" + award.call());
            for (Award.Partner partner : award.partners()) named.add("city/" + partner.city());
        }
        for (AgreementPart agreement : it.agreements().values()) {
            named.add("fund/" + agreement.fund());
            @Nullable Source fund = sources.apply("fund/" + agreement.fund());
            if (fund != null && fund.kept() instanceof KnownFund known && known.funder() != null)
                named.add("funder/" + known.funder());
        }
        return named;
    }

    Set<String> naming(String subject) {
        return naming.getOrDefault(subject, Set.of());
    }

    @Nullable
    Parts find(String project) {
        return parts.get(project);
    }

    Collection<Parts> all() {
        return parts.values();
    }
}
