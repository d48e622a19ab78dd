package koinon.gateway.published;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import koinon.eventing.inbox.ReceivedEvent;
import koinon.eventing.topic.TopicLog;
import org.jspecify.annotations.Nullable;

/// Publishers that report the content of the topics, unless a test sets something else.
public final class TopicPublishers implements Publishers {

    private static final Map<String, String> TOPICS =
            Map.of("cities", "koinon.cities", "projects", "koinon.projects", "funding", "koinon.funding");

    private final String bootstrap;
    private final Map<String, Long> more = new ConcurrentHashMap<>();
    private volatile @Nullable String away;

    public TopicPublishers(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /// Reports this number of events of an aggregate, whatever the topic contains.
    public void has(String subject, long events) {
        more.put(subject, events);
    }

    /// Makes all publishers unavailable for this reason; null makes them available.
    public void away(@Nullable String reason) {
        away = reason;
    }

    @Override
    public Set<String> names() {
        return TOPICS.keySet();
    }

    @Override
    public void all(String service, Consumer<PublishedAggregate> each) throws Unavailable {
        String reason = away;
        if (reason != null) throw new Unavailable(reason);
        Map<String, Long> last = new HashMap<>();
        try (TopicLog log = new TopicLog(Map.of("bootstrap.servers", bootstrap))) {
            for (var partition : log.partitions(TOPICS.get(service)))
                log.readOn(partition, record -> {
                    try {
                        ReceivedEvent message = ReceivedEvent.of(record);
                        last.merge(
                                message.envelope().subject(), message.envelope().sequence(), Math::max);
                    } catch (ReceivedEvent.Unreadable _) {
                        // Some tests publish unreadable records.
                    }
                });
        }
        if (service.equals("projects")) last.putAll(more);
        last.forEach((subject, sequence) ->
                each.accept(new PublishedAggregate(subject, sequence, null, null, null, null, null)));
    }

    @Override
    public void some(String service, Collection<String> ids, Consumer<PublishedAggregate> each) throws Unavailable {
        all(service, it -> {
            if (ids.contains(it.id())) each.accept(it);
        });
    }
}
