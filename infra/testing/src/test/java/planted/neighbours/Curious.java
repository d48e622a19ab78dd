package planted.neighbours;

import koinon.local.process.Ports;

final class Curious {

    int port() {
        return Ports.free();
    }
}
