package planted.deaf;

final class DeafListener {

    void on(String message) {}
}
