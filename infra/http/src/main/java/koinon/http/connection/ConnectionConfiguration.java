package koinon.http.connection;

import java.time.Duration;
import java.util.List;
import org.apache.catalina.util.NetMask;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/// Configures Tomcat with the limits on connections.
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(ConnectionConfiguration.Settings.class)
class ConnectionConfiguration {

    /// @param perClient how many connections one client may hold
    /// @param trustedProxies networks (CIDR) of the proxies in front, whose X-Forwarded-For is believed
    /// @param head how long a request head may take
    /// @param closeUnread whether a connection is closed rather than the body of a refused request read to its end:
    ///     where clients are strangers, and not between processes of ours, which send what they have in memory
    @ConfigurationProperties("koinon.connections")
    record Settings(
            @DefaultValue("1024") int perClient,
            @DefaultValue List<String> trustedProxies,
            @DefaultValue("10s") Duration head,
            @DefaultValue("false") boolean closeUnread) {}

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> boundedConnections(Settings settings) {
        return tomcat -> {
            tomcat.setProtocol(BoundedHttpProtocol.class.getName());
            tomcat.addProtocolHandlerCustomizers((BoundedHttpProtocol protocol) -> protocol.bound(
                    settings.perClient(),
                    settings.trustedProxies().stream().map(NetMask::new).toList(),
                    settings.head()));
            if (!settings.trustedProxies().isEmpty()) tomcat.addEngineValves(forwarded(settings.trustedProxies()));
            if (settings.closeUnread()) tomcat.addEngineValves(new UnreadBodyValve());
        };
    }

    /// Used instead of Boot's, which trusts every private network and, on some platforms, is on by default.
    private static RemoteIpValve forwarded(List<String> proxies) {
        var valve = new RemoteIpValve();
        valve.setInternalProxies(String.join(",", proxies));
        valve.setRemoteIpHeader("X-Forwarded-For");
        valve.setProtocolHeader("X-Forwarded-Proto");
        return valve;
    }
}
