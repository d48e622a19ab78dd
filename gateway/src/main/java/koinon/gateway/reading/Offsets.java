package koinon.gateway.reading;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import koinon.platform.model.Invalid;

/// How far every partition of every topic has been read: the number of the next event of each. The places of the
/// partitions are the same in every copy of the gateway, so one copy's offsets mean the same to another.
public final class Offsets {

    private static final int FORM = 1;

    private final long[] next;

    private Offsets(long[] next) {
        this.next = next;
    }

    /// Nothing has been read.
    public static Offsets none(int places) {
        return new Offsets(new long[places]);
    }

    /// The number of the next event of each place.
    public static Offsets of(long[] next) {
        return new Offsets(next.clone());
    }

    /// Whether the event at this place and offset is among what has been read.
    public boolean contain(int place, long offset) {
        return place < next.length && offset < next[place];
    }

    /// Whether everything in those is in these too.
    public boolean contain(Offsets others) {
        for (int place = 0; place < others.next.length; place++)
            if (others.next[place] > (place < next.length ? next[place] : 0)) return false;
        return true;
    }

    /// What is in either.
    public Offsets with(Offsets others) {
        long[] both = Arrays.copyOf(next, Math.max(next.length, others.next.length));
        for (int place = 0; place < others.next.length; place++)
            both[place] = Math.max(both[place], others.next[place]);
        return new Offsets(both);
    }

    /// The number of the next event of each place.
    public long[] next() {
        return next.clone();
    }

    /// As text that fits in a header: base64url of one byte for the form and a variable-length number for each place.
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

    /// @param least how many places there are at least; more were written when partitions had been added
    /// @throws Invalid when the text is not of that form or for fewer places
    public static Offsets decoded(String text, int least) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            int at = 0;
            if (bytes[at++] != FORM) throw unreadable();
            int places = 0;
            for (int i = at; i < bytes.length; i++) if (bytes[i] >= 0) places++;
            if (places < least || places > Places.MOST) throw unreadable();
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
            return new Offsets(next);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException _) {
            throw unreadable();
        }
    }

    private static Invalid unreadable() {
        return new Invalid("Last-Event-ID", "Last-Event-ID must be the id of an event of this stream, or be left out.");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Offsets it && Arrays.equals(next, it.next);
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
