package koinon.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.catalina.core.StandardContext;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/// The chain of servlet filters as the container runs it.
class FilterChainTest extends OverHttp {

    @Autowired
    private ServletWebServerApplicationContext application;

    @Test
    void filters_run_in_the_order_of_their_enum() {
        assertThat(chain())
                .containsSubsequence(
                        "sessionFilter",
                        "statusFastPathFilter",
                        "webMvcObservationFilter",
                        "asyncHandoverFilter",
                        "stallGuard",
                        "trace",
                        "rateLimitFilter",
                        "headers",
                        "mediaTypes",
                        "body",
                        "springSecurityFilterChain",
                        "query",
                        "asOfFilter");
    }

    private List<String> chain() {
        var server = (TomcatWebServer) application.getWebServer();
        var context = (StandardContext) server.getTomcat().getHost().findChildren()[0];
        return Arrays.stream(context.findFilterMaps())
                .map(FilterMap::getFilterName)
                .toList();
    }
}
