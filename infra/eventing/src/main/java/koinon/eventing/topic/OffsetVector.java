package koinon.eventing.topic;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;

/// The offset of the next event of every partition of every topic. The index of a partition is the same in every
/// instance, so the offsets of one instance are valid in another.
public final class OffsetVector {

    private static final int FORM = 1;

    private final long[] next;

    private OffsetVector(long[] next) {
        this.next = next;
    }

    /// The offsets before the first event.
    public static OffsetVector none(int places) {
        return new OffsetVector(new long[places]);
    }

    /// The offset of the next event, by the index of the partition.
    public static OffsetVector of(long[] next) {
        return new OffsetVector(next.clone());
    }

    /// Whether the event at this offset has been read.
    public boolean contain(int place, long offset) {
        return place < next.length && offset < next[place];
    }

    /// Whether all events in the other offsets are in these, too.
    public boolean contain(OffsetVector others) {
        for (int place = 0; place < others.next.length; place++)
            if (others.next[place] > (place < next.length ? next[place] : 0)) return false;
        return true;
    }

    /// The greater offset of each partition.
    public OffsetVector with(OffsetVector others) {
        long[] both = Arrays.copyOf(next, Math.max(next.length, others.next.length));
        for (int place = 0; place < others.next.length; place++)
            both[place] = Math.max(both[place], others.next[place]);
        return new OffsetVector(both);
    }

    /// The same after the event at this offset, also of a partition that was added.
    public OffsetVector after(int place, long offset) {
        long[] one = new long[place + 1];
        one[place] = offset + 1;
        return with(new OffsetVector(one));
    }

    /// The offset of the next event, by the index of the partition.
    public long[] next() {
        return next.clone();
    }

    /// As text that fits in a header: base64url of one byte for the format and a variable-length number for each
    /// partition.
    public String encoded() {
        var out = new ByteArrayOutputStream(next.length * 2 + 1);
        out.write(FORM);
        for (long value : next) {
            long rest = value;
            while (rest >= 0x80) {
                out.write((int) ((rest & 0x7f) | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
    }

    /// @param least lower bound of the number of partitions; there are more if partitions were added
    /// @throws IllegalArgumentException when the text has another format or fewer partitions
    public static OffsetVector decoded(String text, int least) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            int at = 0;
            if (bytes[at++] != FORM) throw unreadable();
            int places = 0;
            for (int i = at; i < bytes.length; i++) if (bytes[i] >= 0) places++;
            if (places < least || places > PartitionIndex.MOST) throw unreadable();
            long[] next = new long[places];
            for (int place = 0; place < places; place++) {
                for (int shift = 0; ; shift += 7) {
                    if (shift > 56) throw unreadable();
                    byte b = bytes[at++];
                    next[place] |= (long) (b & 0x7f) << shift;
                    if (b >= 0) break;
                }
            }
            if (at != bytes.length) throw unreadable();
            return new OffsetVector(next);
        } catch (ArrayIndexOutOfBoundsException _) {
            throw unreadable();
        }
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException("The text is not what encoded() wrote.");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OffsetVector it && Arrays.equals(next, it.next);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(next);
    }

    @Override
    public String toString() {
        return Arrays.toString(next);
    }
}
