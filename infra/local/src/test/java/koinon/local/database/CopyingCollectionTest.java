package koinon.local.database;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class CopyingCollectionTest {

    /// Evaluating the last document fails.
    private static final Document OF_NUMBERS =
            new Document("$expr", new Document("$gt", List.of(new Document("$divide", List.of(1, "$number")), 0)));

    private static List<Object> found(Document range) {
        var collection =
                DurableBackend.keepingNothing().resolveDatabase("test").createCollectionOrThrowIfExists("things");
        collection.insertDocuments(List.of(
                new Document("_id", "d").append("number", 0),
                new Document("_id", "c").append("number", 3),
                new Document("_id", "a").append("number", 0),
                new Document("_id", "b").append("number", 2)));
        var query = OF_NUMBERS.clone().append("_id", range.append("$gt", "aa"));
        return StreamSupport.stream(collection.handleQuery(query).spliterator(), false)
                .map(it -> it.get("_id"))
                .toList();
    }

    @Test
    void a_range_of_ids_is_looked_at_from_where_it_begins_to_where_it_ends() {
        assertThat(found(new Document("$lt", "c"))).containsExactly("b");
        assertThat(found(new Document("$lte", "c"))).containsExactly("b", "c");
        assertThat(found(new Document("$lt", "d").append("$lte", "cc"))).containsExactly("b", "c");
    }
}
