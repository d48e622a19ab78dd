package koinon.eventing.inbox;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// A record that a consumer could not read or handle, or one that follows such a record of the same aggregate.
///
/// @param id `<consumer>/<topic>/<partition>/<offset>`, with zeros before the numbers: in the order of the topic
/// @param subject whose event it is, `<aggregate>/<id>`; its key where the envelope does not say
/// @param reason why it is here
@Document("dead_letters")
@CompoundIndex(def = "{'consumer': 1, 'subject': 1, 'partition': 1, 'offset': 1}")
record DeadLetter(
        @Id String id,
        String consumer,
        String subject,
        String topic,
        Integer partition,
        Long offset,
        @Nullable String key,
        Map<String, byte[]> headers,
        @Nullable Binary value,
        String reason,
        Instant at) {

    static DeadLetter of(
            String consumer, String subject, ConsumerRecord<String, byte[]> record, String reason, Instant at) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        // A name that no document can have is none of ours.
        for (Header it : record.headers())
            if (it.value() != null) headers.put(it.key().replaceAll("[.$\\x00]", "_"), it.value());
        return new DeadLetter(
                "%s/%s/%05d/%019d".formatted(consumer, record.topic(), record.partition(), record.offset()),
                consumer,
                subject,
                record.topic(),
                record.partition(),
                record.offset(),
                record.key(),
                headers,
                record.value() == null ? null : new Binary(record.value()),
                reason,
                at);
    }

    ConsumerRecord<String, byte[]> record() {
        RecordHeaders all = new RecordHeaders();
        headers.forEach(all::add);
        return new ConsumerRecord<>(
                topic,
                partition,
                offset,
                ConsumerRecord.NO_TIMESTAMP,
                TimestampType.NO_TIMESTAMP_TYPE,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                key,
                value == null ? null : value.getData(),
                all,
                Optional.empty());
    }
}
