package koinon.gateway.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The bounds of streams. The queue of a stream has no bound of its own: it contains the ids of changed projects,
/// each once, and one event or one deadline can change all of them.
///
/// @param most upper bound of open streams on this instance
/// @param perCaller upper bound of open streams of one caller
/// @param heartbeat interval of heartbeats on an idle stream
/// @param longest time after which a stream ends; the client resumes it with a valid token
@ConfigurationProperties("koinon.stream")
record StreamSettings(
        @DefaultValue("1000") int most,
        @DefaultValue("300") int perCaller,
        @DefaultValue("10s") Duration heartbeat,
        @DefaultValue("30m") Duration longest) {}
