package koinon.gateway.timeline;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// How timelines are stored.
///
/// @param pause between two rounds of storing events
/// @param pending upper bound of bytes in memory that wait to be stored; above it, reading waits
@ConfigurationProperties("koinon.timeline")
record TimelineSettings(
        @DefaultValue("500ms") Duration pause,
        @DefaultValue("32MB") DataSize pending) {}
