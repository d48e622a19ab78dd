package koinon.bench.reference;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koinon.bench.row.Job;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads all topics from their beginning to their end, and throws away what it reads.
public final class ReadAll implements Job<ReadAll.Plan, ReadAll.Result> {

    public record Plan(String bootstrap) {}

    public record Result(long events, double seconds) {}

    @Override
    public Result on(Plan plan) {
        long begin = System.nanoTime();
        List<TopicPartition> all = Stream.of("koinon.cities", "koinon.projects", "koinon.funding")
                .flatMap(topic -> IntStream.range(0, 12).mapToObj(it -> new TopicPartition(topic, it)))
                .toList();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", plan.bootstrap(), "max.poll.records", 2_000),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long events = consumer.endOffsets(all).values().stream()
                    .mapToLong(it -> it)
                    .sum();
            for (long read = 0; read < events; )
                read += consumer.poll(Duration.ofSeconds(1)).count();
            return new Result(events, (System.nanoTime() - begin) / 1e9);
        }
    }
}
