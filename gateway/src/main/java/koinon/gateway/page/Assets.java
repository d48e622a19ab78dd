package koinon.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// All files of the web application and the files of libraries that they use, in memory. The path of our files
/// contains a digest of all of them, so that a browser keeps each for good.
final class Assets {

    private static final Pattern IMPORT =
            Pattern.compile("\\b(?:import|export)\\b(?:[^\"'();]*?\\bfrom)?\\s*[\"']([^\"']+)[\"']");
    private static final Pattern FONT = Pattern.compile("url\\(\"?lib:([^)\"]+)\"?\\)");

    /// All styles in one file: one request instead of five.
    static final String STYLE = "style.css";

    private static final List<String> LAYERS = List.of("tokens", "base", "layout", "parts", "work", "print");

    private final List<Library> libraries;
    private final String root;
    private final Map<String, Asset> assets = new HashMap<>();
    private final Map<String, List<String>> imports = new HashMap<>();
    private final List<Route> routes;

    private Assets(SortedMap<String, byte[]> files, List<Library> libraries) {
        this.libraries = libraries;
        this.root = "/app/" + digest(files, libraries) + "/";
        this.routes = Route.parse(new String(need(files, "routes.js"), UTF_8));
        files.forEach((name, bytes) -> assets.put(root + name, Asset.of(name, bytes)));
        assets.put(root + STYLE, Asset.of(STYLE, style(files)));
        for (String it : List.copyOf(assets.keySet())) if (it.endsWith(".js")) follow(it);
    }

    /// @param folder of the sources; absent: the files of the build
    /// @throws IllegalStateException where an import leads nowhere
    static Assets load(@Nullable Path folder) {
        try {
            return new Assets(folder == null ? built() : sources(folder), Library.all());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SortedMap<String, byte[]> built() throws IOException {
        var files = new TreeMap<String, byte[]>();
        for (Resource it : new PathMatchingResourcePatternResolver().getResources("classpath*:/web/**/*.*")) {
            String path = it.getURL().getPath();
            files.put(path.substring(path.lastIndexOf("/web/") + "/web/".length()), it.getContentAsByteArray());
        }
        return files;
    }

    private static SortedMap<String, byte[]> sources(Path folder) throws IOException {
        var files = new TreeMap<String, byte[]>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path it : found.filter(Files::isRegularFile).toList())
                files.put(folder.relativize(it).toString(), Files.readAllBytes(it));
        }
        return files;
    }

    private static byte[] need(Map<String, byte[]> files, String name) {
        byte[] found = files.get(name);
        if (found == null) throw new IllegalStateException("The web application has no file " + name);
        return found;
    }

    /// The path below which our files are served, with a slash at its end.
    String root() {
        return root;
    }

    List<Route> routes() {
        return routes;
    }

    Optional<Asset> find(String path) {
        return Optional.ofNullable(assets.get(path));
    }

    /// The text of one of our files.
    String text(String name) {
        Asset found = assets.get(root + name);
        if (found == null) throw new IllegalStateException("The web application has no file " + name);
        return found.text();
    }

    /// The names of all our files.
    Stream<String> names() {
        return assets.keySet().stream().filter(it -> it.startsWith(root)).map(it -> it.substring(root.length()));
    }

    /// Where bare names of imports lead, as an import map.
    SortedMap<String, String> importMap() {
        var map = new TreeMap<String, String>();
        for (Library it : libraries) {
            if (it.main().isEmpty()) continue;
            map.put(it.name(), it.path() + it.main());
            map.put(it.name() + "/", it.path());
        }
        return map;
    }

    /// The paths of all modules that these modules load, themselves included.
    Set<String> graph(String... modules) {
        var found = new LinkedHashSet<String>();
        Deque<String> next = new ArrayDeque<>();
        for (String it : modules) next.add(root + it);
        while (!next.isEmpty()) {
            String path = next.remove();
            if (found.add(path)) next.addAll(imports.getOrDefault(path, List.of()));
        }
        return found;
    }

    /// Notes what a module imports, and takes the files of libraries with it.
    private void follow(String path) {
        if (imports.containsKey(path)) return;
        var wanted = new LinkedHashSet<String>();
        Matcher found = IMPORT.matcher(Objects.requireNonNull(assets.get(path)).text());
        // A library that is no module imports nothing.
        while (!path.endsWith(".min.js") && found.find()) wanted.add(resolve(path, found.group(1)));
        imports.put(path, List.copyOf(wanted));
        wanted.forEach(this::follow);
    }

    private String resolve(String from, String name) {
        if (name.startsWith("."))
            return need(Path.of(from).resolveSibling(name).normalize().toString(), from);
        for (Library it : libraries)
            if (name.equals(it.name())) return take(it, it.main());
            else if (name.startsWith(it.name() + "/"))
                return take(it, name.substring(it.name().length() + 1));
        throw new IllegalStateException("%s imports %s, which leads nowhere".formatted(from, name));
    }

    private String need(String path, String from) {
        if (assets.containsKey(path)) return path;
        for (Library it : libraries)
            if (path.startsWith(it.path()))
                return take(it, path.substring(it.path().length()));
        throw new IllegalStateException("%s imports %s, which is not there".formatted(from, path));
    }

    private String take(Library library, String file) {
        String path = library.path() + file;
        assets.computeIfAbsent(path, _ -> {
            try {
                return Asset.of(file, new ClassPathResource(library.resource(file)).getContentAsByteArray());
            } catch (IOException e) {
                throw new IllegalStateException("%s has no file %s".formatted(library.name(), file), e);
            }
        });
        return path;
    }

    /// The styles, with the addresses of the fonts that they name as `lib:<library>/<file>`.
    private byte[] style(SortedMap<String, byte[]> files) {
        var style = new StringBuilder();
        for (String it : LAYERS) style.append(new String(need(files, "style/" + it + ".css"), UTF_8));
        return FONT.matcher(style)
                .replaceAll(it -> "url(" + resolve("a style", it.group(1)) + ")")
                .getBytes(UTF_8);
    }

    /// Of the libraries' paths too, because our styles contain them.
    private static String digest(SortedMap<String, byte[]> files, List<Library> libraries) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, bytes) -> {
                digest.update(name.getBytes(UTF_8));
                digest.update(bytes);
            });
            for (Library it : libraries) digest.update(it.path().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
