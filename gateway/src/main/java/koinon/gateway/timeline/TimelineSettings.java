package koinon.gateway.timeline;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// How timelines are stored.
///
/// @param pause between two rounds of storing what happened
/// @param pending how much may wait in memory to be stored; then reading waits
@ConfigurationProperties("koinon.timeline")
record TimelineSettings(
        @DefaultValue("500ms") Duration pause,
        @DefaultValue("32MB") DataSize pending) {}
