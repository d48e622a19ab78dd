package koinon.projects.call;

import java.util.Set;
import koinon.platform.model.By;

/// Who watches over the network and so reads what is still being written. A mandate for the whole network is not
/// enough: whoever operates the servers has one too.
public final class Oversight {

    private static final Set<String> WATCHING =
            Set.of("secretariat@network", "auditor@network", "controller@network", "reviewer@network");

    private Oversight() {}

    public static boolean includes(By by) {
        return by.holdsAny(WATCHING);
    }
}
