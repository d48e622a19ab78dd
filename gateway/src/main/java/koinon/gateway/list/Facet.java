package koinon.gateway.list;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import koinon.gateway.audience.Reader;
import koinon.gateway.directory.KnownCity;
import koinon.gateway.status.IndexEntry;
import koinon.gateway.status.Status;
import org.jspecify.annotations.Nullable;

/// A property of projects whose values are counted; a project can have several values.
enum Facet {
    PHASE,
    HEALTH,
    FIELD,
    REGION,
    CALL,
    FUNDER,
    SDG;

    String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The values of a project that the reader may see, each once; the name of a value is its label.
    Collection<Status.Named> of(IndexEntry it, Reader reader) {
        return switch (this) {
            case PHASE -> List.of(new Status.Named(it.item().phase(), null));
            case HEALTH -> List.of(new Status.Named(it.item().health().name(), null));
            case FIELD -> ofCities(it, KnownCity::field);
            case REGION -> ofCities(it, KnownCity::region);
            case CALL -> {
                Status.@Nullable Call call = it.item().call();
                yield call == null ? List.of() : List.of(new Status.Named(call.id(), call.title()));
            }
            case FUNDER -> it.funders(reader);
            case SDG ->
                it.sdgs().stream()
                        .map(sdg -> new Status.Named(String.valueOf(sdg), null))
                        .toList();
        };
    }

    /// Whether a value is the wanted one; ids are compared exactly.
    boolean isSame(String value, String wanted) {
        return switch (this) {
            case CALL, FUNDER -> value.equals(wanted);
            default -> value.equalsIgnoreCase(wanted);
        };
    }

    private static Collection<Status.Named> ofCities(IndexEntry it, Function<KnownCity, @Nullable String> value) {
        var values = new LinkedHashSet<Status.Named>();
        for (KnownCity city : it.partners()) {
            @Nullable String one = value.apply(city);
            if (one != null) values.add(new Status.Named(one, null));
        }
        return values;
    }
}
