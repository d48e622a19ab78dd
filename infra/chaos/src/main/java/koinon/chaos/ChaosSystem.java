package koinon.chaos;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koinon.chaos.load.Journal;
import koinon.chaos.proof.TopicCheck;
import koinon.demo.client.RequestObserver;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.StatusStreamClient;
import koinon.demo.launched.LaunchedSystem;
import org.jspecify.annotations.Nullable;

/// A running system of two copies each, and what breaks and repairs it.
final class ChaosSystem implements AutoCloseable {

    private static final int COPIES = 2;
    /// One client asks as often as it can here.
    private static final Map<String, String> SETTINGS = Map.of("KOINON_LIMITS_PER_SECOND", "1000000");

    private final LaunchedSystem launched;
    private final Random random = new Random();
    private volatile Journal journal = new Journal();
    private @Nullable RunningKoinon world;
    private long mended;

    private ChaosSystem(LaunchedSystem launched) {
        this.launched = launched;
    }

    static ChaosSystem set(Path home) throws IOException, InterruptedException {
        return new ChaosSystem(LaunchedSystem.in(home, SETTINGS, "--copies", String.valueOf(COPIES)));
    }

    LaunchedSystem system() {
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

    /// This journal learns what is broken from now on, and does not judge it.
    ///
    /// @param asked by the load
    void begin(Journal summary, RunningKoinon asked) {
        journal = summary;
        world = asked;
    }

    /// Where nothing has to be mended, what follows is measured from here.
    void breaks() {
        mended = System.nanoTime();
    }

    /// Observes requests beside the load for the same journal.
    RequestObserver observer() {
        return it -> journal.saw(it);
    }

    /// When the last thing was mended.
    long mended() {
        return mended;
    }

    /// What `./koinon verify` finds: differences between what is stored and what the topics say.
    List<String> verified() throws IOException, InterruptedException {
        var verified = launched.run("verify");
        if (verified.getKey() == 0) return List.of();
        List<String> summary = verified.getValue()
                .lines()
                .filter(it ->
                        it.startsWith("      ") || it.contains("could be asked") || it.contains("could not be asked"))
                .toList();
        if (summary.isEmpty()) return List.of("verify ended with " + verified.getKey() + ": " + verified.getValue());
        // Records of other programs are on the topics and nowhere else, and verify says so.
        return summary.stream().filter(it -> !it.contains(TopicCheck.FOREIGN)).toList();
    }

    /// `kill -9` of several at once; after a pause each is started again.
    void kill(Duration away, String... names) throws Exception {
        require(names);
        for (String name : names) {
            excuse(name);
            launched.kill(name);
        }
        Thread.sleep(away);
        restart(names);
    }

    /// Starts each again, with settings that hold until it is started anew.
    void restart(String... names) throws IOException, InterruptedException {
        mended = System.nanoTime();
        for (String name : names) launched.restart(name);
        for (String name : names) judge(name);
    }

    /// Stops a process in the middle of what it does, and lets it go on after a while.
    void freeze(Duration away, String name) throws Exception {
        require(name);
        excuse(name);
        run("kill", "-STOP", pid(name));
        try {
            Thread.sleep(away);
        } finally {
            run("kill", "-CONT", pid(name));
            mended = System.nanoTime();
        }
        judge(name);
    }

    private String pid(String name) {
        return String.valueOf(launched.processes().get(name));
    }

    private void require(String... names) throws Skipped {
        for (String name : names)
            if (!launched.processes().containsKey(name))
                throw new Skipped(name + " is no process of this system: " + database() + " is somebody else's");
    }

    /// Lets one copy run with a clock that is ahead, and corrects it.
    void advance(Duration ahead, Duration during, String name) throws IOException, InterruptedException {
        launched.restart(name, "KOINON_CLOCK_AHEAD=" + ahead);
        Thread.sleep(during);
        restart(name);
    }

    /// Kills the copy of the gateway that our stream comes from; it must come from the other one before long.
    void cutStream() throws Exception {
        int opened = live().opened();
        kill(moment(), streaming());
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (live().opened() == opened)
            if (System.nanoTime() > end) throw new IOException("The stream was not opened again");
            else Thread.sleep(100);
    }

    /// The copy of the gateway that our stream comes from.
    String streaming() {
        return gateways().getFirst().equals(live().at()) ? "gateway" : "gateway-2";
    }

    private RunningKoinon world() {
        return Objects.requireNonNull(world, "The trial has not begun");
    }

    private StatusStreamClient live() {
        return world().live();
    }

    /// Publishes what nobody can read, to every topic; somebody must set each aside.
    void poison() throws Exception {
        Set<String> places = BrokerFaults.poison(launched.address("BROKER"));
        List<String> services = Stream.of("CITIES", "PROJECTS", "FUNDING")
                .map(launched::address)
                .toList();
        BrokerFaults.awaitSetAside(places, services, world().token("operator"));
    }

    /// Lets every service read all topics from their beginning again.
    void replay() throws IOException, InterruptedException {
        String[] all = {"cities", "cities-2", "projects", "projects-2", "funding", "funding-2"};
        for (String name : all) launched.kill(name);
        BrokerFaults.forgetOffsets(launched.address("BROKER"));
        restart(all);
    }

    /// Lets the broker run on a disk that becomes full, makes room again, and brings it back to its own disk.
    void fillDisk(Duration full) throws Exception {
        Path disk = launched.home().resolve("data/broker");
        Path aside = launched.home().resolve("data/broker-aside");
        Path filler = disk.resolve("filler");
        launched.kill("broker");
        Files.move(disk, aside);
        Files.createDirectories(disk);
        try {
            if (new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=256m", "koinon-chaos", disk.toString())
                            .start()
                            .waitFor()
                    != 0) throw new Skipped("a small disk for the broker cannot be mounted here");
            try {
                run("cp", "-a", "--sparse=always", aside + "/.", disk.toString());
                launched.restart("broker");
                // It ends with a complaint when there is no room left, as is wanted.
                new ProcessBuilder("dd", "if=/dev/zero", "of=" + filler, "bs=64k")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
                Thread.sleep(full);
                Files.deleteIfExists(filler);
                launched.kill("broker");
                run("cp", "-a", "--sparse=always", disk + "/.", aside.toString());
            } finally {
                unmount(disk);
            }
        } finally {
            Files.delete(disk);
            Files.move(aside, disk);
            restart("broker");
        }
    }

    /// What has just ended may still hold it for a moment.
    private static void unmount(Path disk) throws IOException, InterruptedException {
        for (int tried = 1; ; tried++) {
            try {
                run("umount", disk.toString());
                return;
            } catch (IOException e) {
                if (tried == 50) throw e;
                Thread.sleep(200);
            }
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).start().waitFor() != 0)
            throw new IOException("This failed: " + String.join(" ", command));
    }

    /// One of two copies, by chance.
    String either(String name) {
        return random.nextBoolean() ? name : name + "-2";
    }

    Duration moment() {
        return Duration.ofMillis(random.nextInt(500, 3000));
    }

    private void excuse(String name) {
        gateway(name).ifPresent(journal::excuse);
    }

    private void judge(String name) {
        gateway(name).ifPresent(journal::judge);
    }

    private Optional<URI> gateway(String name) {
        return switch (name) {
            case "gateway" -> Optional.of(gateways().getFirst());
            case "gateway-2" -> Optional.of(gateways().getLast());
            default -> Optional.empty();
        };
    }

    @Override
    public void close() {
        launched.close();
    }

    /// What cannot be tried on this machine.
    static final class Skipped extends Exception {

        private static final long serialVersionUID = 1;

        Skipped(String why) {
            super(why);
        }
    }
}
