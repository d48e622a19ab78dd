package koinon.trials.chaos;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import koinon.trials.chaos.load.Journal;
import koinon.trials.launched.Launched;

/// A running system of two copies each, with the hands that break it and mend it.
final class Stage implements AutoCloseable {

    private static final int COPIES = 2;
    /// One client asks as often as it can here.
    private static final Map<String, String> SETTINGS = Map.of("KOINON_LIMITS_PER_SECOND", "1000000");

    private final Launched launched;
    private final Random random = new Random();
    private Journal journal = new Journal();
    private long mended;

    private Stage(Launched launched) {
        this.launched = launched;
    }

    static Stage set(Path home) throws IOException, InterruptedException {
        return new Stage(Launched.in(home, SETTINGS, "--copies", String.valueOf(COPIES)));
    }

    Launched system() {
        return launched;
    }

    /// On which database it runs.
    String database() {
        var said = Pattern.compile("the database is ([^\\n(]+)").matcher(launched.said());
        return said.find() ? said.group(1).strip() : "the server at KOINON_MONGODB_URI";
    }

    /// All copies of the gateway.
    List<URI> gateways() {
        return IntStream.rangeClosed(1, COPIES)
                .mapToObj(it -> it == 1 ? "GATEWAY" : "GATEWAY_" + it)
                .map(it -> URI.create("http://" + launched.address(it)))
                .toList();
    }

    /// Whatever is broken from now on is told to this journal, which does not judge it.
    void begin(Journal told) {
        journal = told;
        mended = System.nanoTime();
    }

    /// When the last thing was mended.
    long mended() {
        return mended;
    }

    /// What `./koinon verify` finds: differences between what is stored and what the topics say.
    List<String> verified() throws IOException, InterruptedException {
        var verified = launched.run("verify");
        if (verified.getKey() == 0) return List.of();
        return verified.getValue().lines().filter(it -> !it.contains("✔")).toList();
    }

    /// `kill -9` of several at once; after a pause each is started again.
    void kill(Duration away, String... names) throws IOException, InterruptedException {
        for (String name : names) {
            excuse(name);
            launched.kill(name);
        }
        Thread.sleep(away);
        mended = System.nanoTime();
        for (String name : names) launched.restart(name);
        for (String name : names) judge(name);
    }

    /// Stops a process in the middle of what it does, and lets it go on after a while.
    void freeze(Duration away, String name) throws IOException, InterruptedException {
        excuse(name);
        signal("STOP", name);
        try {
            Thread.sleep(away);
        } finally {
            signal("CONT", name);
            mended = System.nanoTime();
        }
        judge(name);
    }

    private void signal(String signal, String name) throws IOException, InterruptedException {
        String pid = String.valueOf(launched.processes().get(name));
        if (new ProcessBuilder("kill", "-" + signal, pid).start().waitFor() != 0)
            throw new IOException("Could not send " + signal + " to " + name);
    }

    /// One of two copies, by chance.
    String either(String name) {
        return random.nextBoolean() ? name : name + "-2";
    }

    Duration moment() {
        return Duration.ofMillis(random.nextInt(500, 3000));
    }

    private void excuse(String name) {
        gateway(name).forEach(journal::excuse);
    }

    private void judge(String name) {
        gateway(name).forEach(journal::judge);
    }

    private List<URI> gateway(String name) {
        List<URI> found = new ArrayList<>();
        if (name.equals("gateway")) found.add(gateways().getFirst());
        if (name.equals("gateway-2")) found.add(gateways().getLast());
        return found;
    }

    @Override
    public void close() {
        launched.close();
    }
}
