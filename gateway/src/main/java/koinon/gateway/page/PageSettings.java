package koinon.gateway.page;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Where the files of the web application come from, and what its pages say of the data.
///
/// @param folder the folder of the sources, read again for every page, for development; absent: the files of the build
/// @param exampleData whether every page says that what it shows was invented for a demo
@ConfigurationProperties("koinon.web-application")
record PageSettings(@Nullable Path folder, boolean exampleData) {

    PageSettings {
        if (folder != null && folder.toString().isEmpty()) folder = null;
    }
}
