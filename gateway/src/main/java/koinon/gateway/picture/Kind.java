package koinon.gateway.picture;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.gateway.directory.KnownCall;
import koinon.gateway.directory.KnownCity;
import koinon.gateway.directory.KnownFund;
import koinon.gateway.directory.KnownFunder;
import koinon.gateway.part.AgreementPart;
import koinon.gateway.part.ProjectPart;
import koinon.gateway.part.ProposalPart;
import koinon.gateway.reading.Message;
import koinon.gateway.reading.Source;
import koinon.platform.document.EventJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// How one kind of aggregate is folded, and how what is kept of it is written. Of every other kind only the sequence
/// is kept.
///
/// @param after what is kept after an event; the same object if the event says nothing that is kept
public record Kind<K>(String aggregate, Class<K> type, BiFunction<@Nullable K, Message, @Nullable K> after) {

    /// Of the fold. Whoever changes what is kept, or what an event does to it, takes the next: what another version
    /// stored is not read, the topics are.
    public static final int VERSION = 2;

    private static final Map<String, Kind<?>> ALL = Stream.of(
                    new Kind<>("city", KnownCity.class, KnownCity::after),
                    new Kind<>("call", KnownCall.class, KnownCall::after),
                    new Kind<>("fund", KnownFund.class, KnownFund::after),
                    new Kind<>("funder", KnownFunder.class, KnownFunder::after),
                    new Kind<>("proposal", ProposalPart.class, ProposalPart::after),
                    new Kind<>("project", ProjectPart.class, ProjectPart::after),
                    new Kind<>("agreement", AgreementPart.class, AgreementPart::after))
            .collect(Collectors.toMap(Kind::aggregate, Function.identity()));

    private static final JsonMapper FIELDS = EventJson.mapper()
            .rebuild()
            .changeDefaultVisibility(it -> it.withFieldVisibility(Visibility.ANY)
                    .withGetterVisibility(Visibility.NONE)
                    .withIsGetterVisibility(Visibility.NONE))
            .build();

    /// A source after an event of it.
    ///
    /// @throws tools.jackson.core.JacksonException when the event's text does not fit its type
    public static Source after(Source before, Message message) {
        @Nullable Kind<?> kind = ALL.get(before.aggregate());
        return before.after(message, kind == null ? null : kind.kept(before.kept(), message));
    }

    private @Nullable Object kept(@Nullable Object before, Message message) {
        return after.apply(type.cast(before), message);
    }

    /// What is kept, as text; the same for the same facts.
    public static @Nullable String text(Source source) {
        return source.kept() == null ? null : FIELDS.writeValueAsString(source.kept());
    }

    /// What [#text] wrote.
    public static @Nullable Object kept(String aggregate, @Nullable String text) {
        @Nullable Kind<?> kind = ALL.get(aggregate);
        return kind == null || text == null ? null : FIELDS.readValue(text, kind.type);
    }
}
