package koinon.testing.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The lists of events in a service's canvas, `infra/docs/canvas/<service>.md`, between two marks: what it
/// publishes by the contract files, what it hears by the `@EventType`s in its listeners, or anywhere in a module
/// that publishes nothing.
final class Canvas {

    private static final Pattern BLOCK = Pattern.compile("<!-- events -->.*?<!-- /events -->", Pattern.DOTALL);
    private static final Pattern HEARD = Pattern.compile("@EventType\\(\\s*\"([^\"]+)\"");

    private Canvas() {}

    /// The canvases that there are.
    static List<Path> all() {
        Path folder = root().resolve("infra/docs/canvas");
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(it -> it.toString().endsWith(".md")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean hasBlock(String canvas) {
        return BLOCK.matcher(canvas).find();
    }

    /// The canvas with its block written anew.
    static String written(String service, String canvas, List<Contract> contracts) {
        Map<String, Contract> byType = contracts.stream().collect(Collectors.toMap(Contract::type, it -> it));
        String out = contracts.stream()
                .filter(it -> it.service().equals(service))
                .map(Canvas::line)
                .collect(Collectors.joining());
        String in = heardBy(service, !out.isEmpty()).stream()
                .map(it -> {
                    if (!byType.containsKey(it))
                        throw new AssertionError(service + " hears " + it + ", which nobody publishes");
                    return line(byType.get(it));
                })
                .collect(Collectors.joining());
        return BLOCK.matcher(canvas)
                .replaceAll(Matcher.quoteReplacement("<!-- events -->\n### Events out\n\n"
                        + (out.isEmpty() ? "None.\n" : out)
                        + "\n### Events heard\n\n"
                        + (in.isEmpty() ? "None.\n" : in)
                        + "<!-- /events -->"));
    }

    private static String line(Contract contract) {
        return "- [`" + contract.type() + "`](../../contracts/" + contract.service() + "/" + contract.type()
                + ".json): " + contract.schema().path("title").asString() + "\n";
    }

    private static Set<String> heardBy(String service, boolean publishes) {
        Path sources = Stream.of(root().resolve("services").resolve(service), root().resolve(service))
                .map(it -> it.resolve("src/main/java"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new AssertionError("A canvas of " + service + ", which is no module"));
        try (Stream<Path> files = Files.walk(sources)) {
            Set<String> heard = new TreeSet<>();
            for (Path file : files.filter(it -> it.toString().endsWith(publishes ? "Listener.java" : ".java"))
                    .toList()) {
                Matcher types = HEARD.matcher(Files.readString(file));
                while (types.find()) heard.add(types.group(1));
            }
            return heard;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        return Contracts.folder().getParent().getParent();
    }
}
