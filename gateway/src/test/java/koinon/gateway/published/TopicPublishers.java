package koinon.gateway.published;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import koinon.platform.inbox.Message;
import koinon.platform.verification.Log;
import org.jspecify.annotations.Nullable;

/// Publishers that have what is on the topics, and nothing else unless a test says so.
public final class TopicPublishers implements Publishers {

    private static final Map<String, String> TOPICS =
            Map.of("cities", "koinon.cities", "projects", "koinon.projects", "funding", "koinon.funding");

    private final String bootstrap;
    private final Map<String, Long> more = new ConcurrentHashMap<>();
    private volatile @Nullable String away;

    public TopicPublishers(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /// From now on this one has so many events, whatever is on the topic.
    public void has(String subject, long events) {
        more.put(subject, events);
    }

    /// From now on nobody can be asked, for this reason; null: everybody can.
    public void away(@Nullable String reason) {
        away = reason;
    }

    @Override
    public Set<String> names() {
        return TOPICS.keySet();
    }

    @Override
    public void all(String service, Consumer<PublishedAggregate> each) throws Away {
        String reason = away;
        if (reason != null) throw new Away(reason);
        Map<String, Long> last = new HashMap<>();
        try (Log log = new Log(Map.of("bootstrap.servers", bootstrap))) {
            for (var partition : log.partitions(TOPICS.get(service)))
                log.readOn(partition, record -> {
                    try {
                        Message message = Message.of(record);
                        last.merge(message.heard().subject(), message.heard().sequence(), Math::max);
                    } catch (Message.Unreadable _) {
                        // Some tests publish what nobody can read.
                    }
                });
        }
        if (service.equals("projects")) last.putAll(more);
        last.forEach(
                (subject, sequence) -> each.accept(new PublishedAggregate(subject, sequence, null, null, null, null)));
    }

    @Override
    public void some(String service, Collection<String> ids, Consumer<PublishedAggregate> each) throws Away {
        all(service, it -> {
            if (ids.contains(it.id())) each.accept(it);
        });
    }
}
