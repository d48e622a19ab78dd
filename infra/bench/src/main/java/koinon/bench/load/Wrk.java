package koinon.bench.load;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The load generator `wrk`, with one thread. It sends one GET request, each time as soon as the one before is
/// answered.
final class Wrk {

    private static final Pattern FAILED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern BROKEN =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
    private static final Pattern COUNT = Pattern.compile("(\\d+) requests in ");
    private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");
    private static final String TIME = " +([0-9.]+)(us|ms|s|m)";

    private Wrk() {}

    static boolean canSend(HttpLoad.Plan plan) {
        return plan.perSecond() == 0
                && plan.requests().size() == 1
                && plan.requests().getFirst().method().equals("GET")
                && program().isPresent();
    }

    static HttpLoad.Result run(HttpLoad.Plan plan) throws IOException, InterruptedException {
        WarmUp warmUp = WarmUp.until(seconds -> window(plan, seconds).perSecond());
        HttpLoad.Window counted = window(plan, plan.seconds());
        return new HttpLoad.Result(
                counted.perSecond(), counted.latencies(), counted.failures(), "wrk with 1 thread", warmUp);
    }

    private static HttpLoad.Window window(HttpLoad.Plan plan, int seconds) throws IOException, InterruptedException {
        Request request = plan.requests().getFirst();
        List<String> command = new ArrayList<>(List.of(
                program().orElseThrow().toString(),
                "--latency",
                "-t1",
                "-c" + plan.connections(),
                "-d" + seconds + "s"));
        request.headers().forEach((name, value) -> command.addAll(List.of("-H", name + ": " + value)));
        command.add(plan.server().resolve(request.path()).toString());
        Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
        String report = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (wrk.waitFor() != 0) throw new IOException("wrk failed: " + report);
        return window(report);
    }

    /// @param report as wrk prints it
    static HttpLoad.Window window(String report) throws IOException {
        long failures = 0;
        Matcher failed = FAILED.matcher(report);
        if (failed.find()) failures += Long.parseLong(failed.group(1));
        Matcher broken = BROKEN.matcher(report);
        if (broken.find()) for (int kind = 1; kind <= 4; kind++) failures += Long.parseLong(broken.group(kind));
        Latencies latencies = new Latencies(
                Long.parseLong(found(COUNT, report).group(1)),
                milliseconds("50%", report),
                milliseconds("99%", report),
                // Of the line "Latency", the third.
                milliseconds("Latency +\\S+ +\\S+", report));
        return new HttpLoad.Window(Double.parseDouble(found(RATE, report).group(1)), latencies, failures);
    }

    private static double milliseconds(String before, String report) throws IOException {
        Matcher found = found(Pattern.compile(before + TIME), report);
        double value = Double.parseDouble(found.group(1));
        return switch (found.group(2)) {
            case "us" -> value / 1_000;
            case "ms" -> value;
            case "s" -> value * 1_000;
            default -> value * 60_000;
        };
    }

    private static Matcher found(Pattern pattern, String report) throws IOException {
        Matcher matcher = pattern.matcher(report);
        if (!matcher.find()) throw new IOException("wrk printed no " + pattern + ": " + report);
        return matcher;
    }

    private static Optional<Path> program() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "wrk"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
