package koinon.gateway.page;

import java.io.IOException;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/// A library for browsers, in a jar on the class path. Its version is that of the jar.
///
/// @param name as modules import it
/// @param folder of the version in the jar
/// @param main the module that the bare name means; empty for a library without modules
record Library(String name, String folder, String main, String version) {

    /// The libraries of the application.
    static List<Library> all() {
        return List.of(
                webJar("lit", "lit", "index.js"),
                webJar("lit-html", "lit-html", "lit-html.js"),
                webJar("lit-element", "lit-element", "index.js"),
                webJar("@lit/reactive-element", "lit__reactive-element", "reactive-element.js"),
                webJar("d3-array", "d3-array", "dist/d3-array.min.js"),
                webJar("d3-geo", "d3-geo", "dist/d3-geo.min.js"),
                of("inter", "META-INF/resources/_static/inter/", "", "org.mvnpm.at.fontsource/inter"));
    }

    private static Library webJar(String name, String artifact, String main) {
        return of(name, "META-INF/resources/webjars/" + artifact + "/", main, "org.webjars.npm/" + artifact);
    }

    private static Library of(String name, String folder, String main, String coordinates) {
        String properties = "META-INF/maven/" + coordinates + "/pom.properties";
        try {
            String version = PropertiesLoaderUtils.loadProperties(new ClassPathResource(properties))
                    .getProperty("version");
            return new Library(name, folder + version + "/", main, version);
        } catch (IOException e) {
            throw new IllegalStateException(coordinates + " is not on the class path", e);
        }
    }

    /// The path below which its files are served.
    String path() {
        return "/app/lib/" + name + "/" + version + "/";
    }

    /// The place of a file on the class path.
    String resource(String file) {
        return folder + file;
    }
}
