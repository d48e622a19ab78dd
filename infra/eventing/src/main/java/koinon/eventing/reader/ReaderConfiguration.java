package koinon.eventing.reader;

import java.time.Clock;
import koinon.eventing.topic.PartitionIndex;
import koinon.eventing.topic.StoredOffsets;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/// Configures the readers of a process that names topics in `koinon.reading.topics`.
@AutoConfiguration
@ConditionalOnProperty("koinon.reading.topics")
@EnableConfigurationProperties(PartitionIndex.class)
class ReaderConfiguration {

    @Bean
    TopicsReaderFactory topicsReaderFactory(PartitionIndex partitionIndex, KafkaProperties kafka, Clock clock) {
        return new TopicsReaderFactory(partitionIndex, kafka, clock);
    }

    @Bean
    StoredOffsets storedOffsets(MongoDatabaseFactory database, PartitionIndex partitionIndex) {
        return new StoredOffsets(database, partitionIndex);
    }
}
