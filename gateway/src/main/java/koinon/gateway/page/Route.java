package koinon.gateway.page;

import java.util.List;
import koinon.eventing.document.EventJson;
import org.jspecify.annotations.Nullable;

/// A page of the application, as `routes.js` lists it.
///
/// @param path `/projects/:id`: a part that begins with a colon stands for any text
/// @param module the module that defines the element
/// @param texts the areas of the texts that the page shows
/// @param preload reads of the API that the page begins with; a part in braces is replaced by that of the path
record Route(String path, String element, String module, List<String> texts, List<String> preload) {

    /// The list in the text of `routes.js`: the array is JSON.
    static List<Route> parse(String script) {
        String json = script.substring(script.indexOf('['), script.lastIndexOf(']') + 1);
        return List.of(EventJson.mapper().readValue(json, Route[].class));
    }

    /// The value of the first part of the path that stands for any text; an empty text if the path has none, and null
    /// if another route is meant.
    @Nullable
    String match(String requested) {
        String[] wanted = path.split("/", -1);
        String[] given = requested.split("/", -1);
        if (wanted.length != given.length) return null;
        String id = "";
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith(":")) {
                if (given[i].isEmpty()) return null;
                id = given[i];
            } else if (!wanted[i].equals(given[i])) return null;
        }
        return id;
    }

    /// The reads of the API for a path.
    List<String> preloads(String id) {
        return preload.stream().map(it -> it.replace("{id}", id)).toList();
    }
}
