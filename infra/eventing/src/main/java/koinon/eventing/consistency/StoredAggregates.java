package koinon.eventing.consistency;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.EventTypes;
import koinon.eventing.model.NotFromEvents;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.mapping.MongoPersistentEntity;
import org.springframework.data.mongodb.core.mapping.MongoPersistentProperty;
import org.springframework.data.mongodb.core.query.BasicQuery;

/// The documents of this service's database: its aggregates, and every document that stores which events it has
/// seen.
final class StoredAggregates {

    private static final Document TRACES = Document.parse("{seen: 1, sequence: 1, 'outbox.sequence': 1}");

    private final MongoTemplate mongo;
    private final Map<String, Class<? extends Aggregate<DomainEvent>>> kinds;

    StoredAggregates(MongoTemplate mongo) {
        this.mongo = mongo;
        this.kinds = entities()
                .filter(it -> Aggregate.class.isAssignableFrom(it.getType()))
                .map(StoredAggregates::kind)
                .collect(Collectors.toUnmodifiableMap(EventTypes::aggregateOf, it -> it));
    }

    /// Which events a stored document has published and seen.
    ///
    /// @param subject of an aggregate; of another document `<collection>/<id>`
    /// @param published the sequence up to which its events are on the topic; 0 for a document that publishes
    ///     nothing
    /// @param seen the sequence of the last event seen, by subject
    record Trace(String subject, long published, Map<String, Long> seen) {}

    /// Every document that publishes or consumes events.
    Stream<Trace> traces() {
        return entities().flatMap(it -> {
            String of = Aggregate.class.isAssignableFrom(it.getType())
                    ? EventTypes.aggregateOf(it.getType())
                    : it.getCollection();
            return mongo.stream(new BasicQuery(new Document(), TRACES), Document.class, it.getCollection())
                    .map(document -> trace(of, document));
        });
    }

    private static Trace trace(String of, Document document) {
        long sequence = document.get("sequence") instanceof Number it ? it.longValue() : 0;
        List<Document> outbox = document.getList("outbox", Document.class, List.of());
        long published = outbox.isEmpty()
                ? sequence
                : outbox.getFirst().get("sequence", Number.class).longValue() - 1;
        Map<String, Long> seen = document.get("seen", new Document()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, it -> ((Number) it.getValue()).longValue()));
        return new Trace(of + "/" + document.get("_id"), published, seen);
    }

    /// Whether aggregates of this kind are stored here.
    boolean has(String kind) {
        return kinds.containsKey(kind);
    }

    /// An aggregate without events.
    Aggregate<DomainEvent> fresh(String kind, String id) {
        return mongo.getConverter().read(type(kind), new Document("_id", id));
    }

    /// The aggregates of one kind that are stored under these ids.
    Map<String, Aggregate<DomainEvent>> find(String kind, Collection<String> ids) {
        BasicQuery query = new BasicQuery(new Document("_id", new Document("$in", List.copyOf(ids))));
        return mongo.find(query, type(kind)).stream().collect(Collectors.toMap(Aggregate::id, Function.identity()));
    }

    /// Every stored aggregate, one kind after the other; to be closed.
    Stream<Aggregate<DomainEvent>> all() {
        return kinds.values().stream().flatMap(it -> mongo.stream(new BasicQuery(new Document()), it));
    }

    /// Those of these subjects that are stored.
    Stream<Aggregate<DomainEvent>> find(Collection<String> subjects) {
        Map<String, List<String>> ids = subjects.stream()
                .filter(it -> it.indexOf('/') > 0 && has(it.substring(0, it.indexOf('/'))))
                .collect(Collectors.groupingBy(
                        it -> it.substring(0, it.indexOf('/')),
                        Collectors.mapping(it -> it.substring(it.indexOf('/') + 1), Collectors.toList())));
        return ids.entrySet().stream().flatMap(it -> find(it.getKey(), it.getValue()).values().stream());
    }

    /// An aggregate as it would be stored, without the fields that no event sets.
    Document facts(Aggregate<DomainEvent> aggregate) {
        Document written = new Document();
        mongo.getConverter().write(aggregate, written);
        strip(written, entity(aggregate.getClass()));
        return written;
    }

    private void strip(Document written, MongoPersistentEntity<?> entity) {
        for (MongoPersistentProperty it : entity) {
            if (it.isAnnotationPresent(NotFromEvents.class)) written.remove(it.getFieldName());
            else if (written.get(it.getFieldName()) instanceof Document part && it.isEntity() && !it.isMap())
                strip(part, entity(it.getType()));
        }
    }

    private Class<? extends Aggregate<DomainEvent>> type(String kind) {
        return requireNonNull(kinds.get(kind), kind);
    }

    private MongoPersistentEntity<?> entity(Class<?> type) {
        return mongo.getConverter().getMappingContext().getRequiredPersistentEntity(type);
    }

    private Stream<? extends MongoPersistentEntity<?>> entities() {
        return mongo.getConverter().getMappingContext().getPersistentEntities().stream()
                .filter(it -> it.isAnnotationPresent(org.springframework.data.mongodb.core.mapping.Document.class));
    }

    @SuppressWarnings("unchecked") // whatever can happen to it is a DomainEvent
    private static Class<? extends Aggregate<DomainEvent>> kind(MongoPersistentEntity<?> entity) {
        return (Class<? extends Aggregate<DomainEvent>>) entity.getType();
    }
}
