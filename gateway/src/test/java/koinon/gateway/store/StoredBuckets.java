package koinon.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Updates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.bson.Document;
import org.bson.types.Binary;

/// Stored aggregates as text, to be looked at and falsified: a line each, its values separated by tabs, first the
/// subject and the sequence, last the state.
public record StoredBuckets(MongoCollection<Document> collection) {

    /// The line of an aggregate; empty when it is not stored.
    public Optional<String> line(String subject) {
        return collection.find().into(new ArrayList<>()).stream()
                .flatMap(it -> text(it).lines())
                .filter(it -> it.startsWith(subject + "\t"))
                .findFirst();
    }

    /// The sequence of an aggregate; empty when it is not stored.
    public Optional<Long> sequence(String subject) {
        return line(subject).map(it -> Long.parseLong(it.split("\t", -1)[1]));
    }

    /// Changes the line of an aggregate.
    public void tamper(String subject, UnaryOperator<String> change) {
        for (Document it : collection.find().into(new ArrayList<>())) {
            List<String> lines = text(it).lines()
                    .map(line -> line.startsWith(subject + "\t") ? change.apply(line) : line)
                    .toList();
            Binary content = new Binary(compressed(String.join("\n", lines) + "\n"));
            collection.updateOne(new Document("_id", it.get("_id")), Updates.set("content", content));
        }
    }

    private static String text(Document it) {
        var bytes = new ByteArrayInputStream(it.get("content", Binary.class).getData());
        try (var in = new InflaterInputStream(bytes)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] compressed(String text) {
        var out = new ByteArrayOutputStream();
        try (var compressing = new DeflaterOutputStream(out)) {
            compressing.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
