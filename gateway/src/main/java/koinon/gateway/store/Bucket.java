package koinon.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import koinon.gateway.readmodel.ProjectionType;
import koinon.gateway.readmodel.StoredInstant;
import koinon.gateway.topics.ProjectedAggregate;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/// The aggregates of one partition that are stored together, by hash of their subject.
///
/// @param place index of the partition
/// @param number 0 to [#COUNT] - 1
record Bucket(int place, int number) {

    /// Buckets of a partition: few enough to load quickly, enough that a change writes few other aggregates.
    private static final int COUNT = 64;

    private static final char BETWEEN = '\t';
    /// The values of a line before the state.
    private static final int VALUES = 8;

    /// A part of a bucket, as it is stored: all of it unless it is large.
    ///
    /// @param id stable for the same bucket and number of pieces
    /// @param content compressed text, one line per aggregate
    record Piece(String id, Binary content) {}

    /// The bucket of an aggregate.
    static Bucket of(ProjectedAggregate it) {
        return new Bucket(it.place(), Math.floorMod(it.subject().hashCode(), COUNT));
    }

    /// Compresses the aggregates of this bucket, in twice as many pieces until each has at most this many bytes or
    /// one aggregate.
    List<Piece> pieces(Collection<ProjectedAggregate> aggregates, int mostBytes) {
        for (int pieces = 1; ; pieces *= 2) {
            List<Piece> compressed = pieces(aggregates, pieces, mostBytes);
            if (!compressed.isEmpty()) return compressed;
        }
    }

    private List<Piece> pieces(Collection<ProjectedAggregate> aggregates, int pieces, int mostBytes) {
        var byPiece = aggregates.stream()
                .collect(Collectors.groupingBy(it -> Math.floorMod(it.subject().hashCode() / COUNT, pieces)));
        List<Piece> compressed = new ArrayList<>();
        for (var piece : byPiece.entrySet()) {
            byte[] bytes = compressed(piece.getValue());
            if (bytes.length > mostBytes && piece.getValue().size() > 1) return List.of();
            compressed.add(new Piece(place + "/" + number + "/" + pieces + "/" + piece.getKey(), new Binary(bytes)));
        }
        return compressed;
    }

    private static byte[] compressed(List<ProjectedAggregate> aggregates) {
        var out = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.BEST_SPEED);
        try (var compressing = new DeflaterOutputStream(out, deflater)) {
            for (ProjectedAggregate it : aggregates) compressing.write(line(it).getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    /// JSON has neither a tab nor a line break.
    private static String line(ProjectedAggregate it) {
        @Nullable String state = ProjectionType.text(it);
        return String.join(
                        "" + BETWEEN,
                        it.subject(),
                        Long.toString(it.sequence()),
                        Long.toString(it.offset()),
                        Long.toString(it.changed()),
                        StoredInstant.text(it.at()),
                        Long.toString(it.participantsChanged()),
                        Long.toString(it.publicChanged()),
                        StoredInstant.text(it.publicAt()),
                        state == null ? "" : state)
                + "\n";
    }

    /// The aggregates of a stored piece.
    ///
    /// @throws RuntimeException when [Piece#content] was not written by this version of the code
    static List<ProjectedAggregate> aggregates(Piece piece) {
        int place = Integer.parseInt(piece.id().substring(0, piece.id().indexOf('/')));
        List<ProjectedAggregate> aggregates = new ArrayList<>();
        try (var in =
                new InflaterInputStream(new ByteArrayInputStream(piece.content().getData()))) {
            byte[] text = in.readAllBytes();
            int end;
            for (int from = 0; from < text.length; from = end + 1) {
                end = from;
                while (text[end] != '\n') end++;
                aggregates.add(aggregate(place, text, from, end));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return aggregates;
    }

    /// The state is read from its bytes, because a text of each state would be most of the work.
    private static ProjectedAggregate aggregate(int place, byte[] text, int from, int end) {
        int state = from;
        for (int values = 0; values < VALUES; state++) if (text[state] == BETWEEN) values++;
        String[] values = new String(text, from, state - from - 1, UTF_8).split("" + BETWEEN, -1);
        String subject = values[0];
        return new ProjectedAggregate(
                subject,
                Long.parseLong(values[1]),
                place,
                Long.parseLong(values[2]),
                Long.parseLong(values[3]),
                StoredInstant.of(values[4]),
                Long.parseLong(values[5]),
                Long.parseLong(values[6]),
                StoredInstant.of(values[7]),
                ProjectionType.state(subject.substring(0, subject.indexOf('/')), text, state, end - state));
    }
}
