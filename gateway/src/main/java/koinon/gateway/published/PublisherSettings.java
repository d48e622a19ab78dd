package koinon.gateway.published;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The client with which the gateway asks the services for published aggregates; its token has the role of an
/// auditor.
///
/// @param clientSecret empty: the gateway cannot ask the services
/// @param token address of the token endpoint of the identity provider
/// @param pause between two checks of completeness
@ConfigurationProperties("koinon.publishers")
record PublisherSettings(
        @DefaultValue("gateway") String clientId,
        @DefaultValue("") String clientSecret,
        URI token,
        @DefaultValue("1s") Duration pause) {}
