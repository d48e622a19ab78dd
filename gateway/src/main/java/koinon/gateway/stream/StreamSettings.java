package koinon.gateway.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The bounds of streams. How much may wait for one has none of its own: it is the ids of changed projects, each once,
/// so at most as many as there are, and one event or one midnight may well change them all.
///
/// @param most how many may be open at this copy
/// @param perCaller how many of them one caller may have open
/// @param heartbeat after how long a quiet stream says that it is alive
/// @param longest after how long a stream ends; its reader resumes it, with a token that is still valid
@ConfigurationProperties("koinon.stream")
record StreamSettings(
        @DefaultValue("1000") int most,
        @DefaultValue("300") int perCaller,
        @DefaultValue("10s") Duration heartbeat,
        @DefaultValue("30m") Duration longest) {}
