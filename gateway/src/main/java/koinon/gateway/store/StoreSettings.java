package koinon.gateway.store;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the read model is stored.
///
/// @param pause between two rounds of storing changes
/// @param look between two checks which stored read model is the current one
@ConfigurationProperties("koinon.store")
record StoreSettings(
        @DefaultValue("5s") Duration pause,
        @DefaultValue("1s") Duration look) {}
