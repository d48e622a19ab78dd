package koinon.bench.tally;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/// The topics that are compared.
public final class TallyTopics {

    /// The service's own.
    public static String of(String service) {
        return "koinon." + service;
    }

    /// Where it sends records that no outbox has seen.
    public static String raw(String service) {
        return "koinon.raw-" + service;
    }

    private TallyTopics() {}

    /// Makes an empty one for raw sends, of as many partitions as a service's has.
    public static void createRaw(String bootstrap, String service) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(raw(service), 12, (short) 1)))
                    .all()
                    .get();
        }
    }
}
