package koinon.gateway.store;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the picture is stored.
///
/// @param pause between two rounds of storing what changed
/// @param look how often it is asked which stored picture serves
@ConfigurationProperties("koinon.store")
record StoreSettings(
        @DefaultValue("500ms") Duration pause,
        @DefaultValue("1s") Duration look) {}
