package koinon.gateway.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The bounds of streams.
///
/// @param most how many may be open at this copy
/// @param perCaller how many of them one caller may have open
/// @param pending how many changed projects may wait for one before it is dropped as too slow
/// @param heartbeat after how long a quiet stream says that it is alive
/// @param longest after how long a stream ends; its reader resumes it, with a token that is still valid
@ConfigurationProperties("koinon.stream")
record StreamSettings(
        @DefaultValue("1000") int most,
        @DefaultValue("300") int perCaller,
        @DefaultValue("10000") int pending,
        @DefaultValue("10s") Duration heartbeat,
        @DefaultValue("30m") Duration longest) {}
