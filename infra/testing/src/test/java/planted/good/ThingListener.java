package planted.good;

import planted.parts.KafkaListener;

final class ThingListener {

    @KafkaListener
    void on(String message) {}
}
