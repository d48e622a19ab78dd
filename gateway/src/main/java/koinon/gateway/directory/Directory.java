package koinon.gateway.directory;

import java.util.function.Function;
import koinon.gateway.reading.Source;
import org.jspecify.annotations.Nullable;

/// Every city, call, fund and funder by its id. What has not been heard of yet is known by its id alone.
///
/// @param sources what is kept, by subject
public record Directory(Function<String, @Nullable Source> sources) {

    public KnownCity city(String id) {
        return kept("city/" + id) instanceof KnownCity it ? it : KnownCity.unheard(id);
    }

    public KnownCall call(String id) {
        return kept("call/" + id) instanceof KnownCall it ? it : KnownCall.unheard(id);
    }

    public KnownFund fund(String id) {
        return kept("fund/" + id) instanceof KnownFund it ? it : KnownFund.unheard(id);
    }

    /// The funder's name; absent until it is heard.
    public @Nullable String funder(String id) {
        return kept("funder/" + id) instanceof KnownFunder it ? it.name() : null;
    }

    private @Nullable Object kept(String subject) {
        @Nullable Source source = sources.apply(subject);
        return source == null ? null : source.kept();
    }
}
