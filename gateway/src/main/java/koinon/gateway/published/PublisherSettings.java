package koinon.gateway.published;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// As whom the gateway asks services what they have published: a client whose token is an auditor's.
///
/// @param clientSecret empty: nobody can be asked
/// @param token where the identity provider gives tokens
/// @param pause between two questions whether everything is there
@ConfigurationProperties("koinon.publishers")
record PublisherSettings(
        @DefaultValue("gateway") String clientId,
        @DefaultValue("") String clientSecret,
        URI token,
        @DefaultValue("1s") Duration pause) {}
