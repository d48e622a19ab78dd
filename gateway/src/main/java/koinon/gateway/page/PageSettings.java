package koinon.gateway.page;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Where the files of the web application come from.
///
/// @param folder the folder of the sources, read again for every page, for development; absent: the files of the build
@ConfigurationProperties("koinon.web-application")
record PageSettings(@Nullable Path folder) {

    PageSettings {
        if (folder != null && folder.toString().isEmpty()) folder = null;
    }
}
