package planted.listener;

import planted.parts.KafkaListener;

final class Ear {

    @KafkaListener
    void on(String message) {}
}
