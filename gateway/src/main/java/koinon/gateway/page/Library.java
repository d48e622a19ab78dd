package koinon.gateway.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// A library for browsers, in a jar on the class path. Its version is that of the jar.
///
/// @param name as modules import it
/// @param folder of the jar, without the version
/// @param main the module that the bare name means; empty for a library without modules
/// @param version the folder of the version
record Library(String name, String folder, String main, String version) {

    private static final String WEBJARS = "META-INF/resources/webjars/";

    /// The libraries of the application.
    static List<Library> all() {
        return List.of(
                find("lit", WEBJARS + "lit/", "index.js"),
                find("lit-html", WEBJARS + "lit-html/", "lit-html.js"),
                find("lit-element", WEBJARS + "lit-element/", "index.js"),
                find("@lit/reactive-element", WEBJARS + "lit__reactive-element/", "reactive-element.js"),
                find("d3-array", WEBJARS + "d3-array/", "dist/d3-array.min.js"),
                find("d3-geo", WEBJARS + "d3-geo/", "dist/d3-geo.min.js"),
                find("inter", "META-INF/resources/_static/inter/", ""));
    }

    private static Library find(String name, String folder, String main) {
        String file = main.isEmpty() ? "files/inter-latin-400-normal.woff2" : main;
        try {
            Resource[] found =
                    new PathMatchingResourcePatternResolver().getResources("classpath*:" + folder + "*/" + file);
            if (found.length != 1)
                throw new IllegalStateException(
                        "%s must be on the class path once, and is in %s".formatted(name, Arrays.toString(found)));
            String path = found[0].getURL().getPath();
            String end = path.substring(path.lastIndexOf(folder) + folder.length());
            return new Library(name, folder, main, end.substring(0, end.indexOf('/')));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The path below which its files are served.
    String path() {
        return "/app/lib/" + name + "/" + version + "/";
    }

    /// The place of a file on the class path.
    String resource(String file) {
        return folder + version + "/" + file;
    }
}
