package koinon.eventing.tally;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/// A process that stands on the platform and does nothing else.
@SpringBootApplication
public class TallyApplication {}
