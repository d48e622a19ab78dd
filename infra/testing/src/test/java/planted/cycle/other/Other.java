package planted.cycle.other;

import planted.cycle.one.One;

public final class Other {

    public One one() {
        return new One();
    }
}
