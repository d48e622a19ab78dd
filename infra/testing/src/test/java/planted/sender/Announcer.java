package planted.sender;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

final class Announcer {

    void announce(Producer<String, String> producer) {
        var _ = producer.send(new ProducerRecord<>("topic", "hello"));
    }
}
