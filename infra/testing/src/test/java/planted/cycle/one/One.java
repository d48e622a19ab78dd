package planted.cycle.one;

import planted.cycle.other.Other;

public final class One {

    public Other other() {
        return new Other();
    }
}
