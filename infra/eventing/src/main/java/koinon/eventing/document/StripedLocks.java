package koinon.eventing.document;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// A fixed number of locks shared by many ids: within this process writers of one aggregate queue instead of
/// racing. Between processes the version decides.
final class StripedLocks {

    private final Lock[] locks;

    StripedLocks(int number) {
        locks = new Lock[number];
        for (int i = 0; i < number; i++) locks[i] = new ReentrantLock();
    }

    Lock of(String id) {
        return locks[Math.floorMod(id.hashCode(), locks.length)];
    }
}
