package koinon.local.database;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;

class NarrowedIndexTest {

    private final DurableBackend backend = DurableBackend.keepingNothing();

    @Test
    void a_filter_on_the_id_and_more_is_answered_by_the_index() {
        Index<Object> index = indexOfThreeDocuments();

        var query = new Document("_id", "b").append("seen.x", new Document("$not", new Document("$gte", 3)));

        assertThat(index.canHandle(query)).isTrue();
        assertThat(index.getPositions(query)).containsExactly("b");
    }

    @Test
    void a_filter_on_several_ids_and_more_is_answered_by_the_index() {
        Index<Object> index = indexOfThreeDocuments();

        var query = new Document("_id", new Document("$in", List.of("c", "a", "z"))).append("state", "OPEN");

        assertThat(index.canHandle(query)).isTrue();
        assertThat(index.getPositions(query)).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void an_id_that_hides_in_a_conjunction_is_found() {
        Index<Object> index = indexOfThreeDocuments();

        var query = new Document(
                "$and", List.of(new Document("state", "OPEN"), new Document("_id", new Document("$eq", "a"))));

        assertThat(index.canHandle(query)).isTrue();
        assertThat(index.getPositions(query)).containsExactly("a");
    }

    @Test
    void a_filter_that_leaves_the_id_open_is_not_for_the_index() {
        Index<Object> index = indexOfThreeDocuments();

        assertThat(index.canHandle(new Document("state", "OPEN"))).isFalse();
        assertThat(index.canHandle(new Document("_id", new Document("$gt", "a"))))
                .isFalse();
        assertThat(index.canHandle(
                        new Document("$or", List.of(new Document("_id", "a"), new Document("state", "OPEN")))))
                .isFalse();
    }

    @Test
    void a_unique_index_on_several_fields_needs_them_all() {
        var database = new PatchedMongoDatabase("test", MVStore.open(null), null);
        var keys = List.of(new IndexKey("country", true), new IndexKey("name", true));
        Index<Object> index = database.openOrCreateUniqueIndex("cities", "country_name", keys, false);

        assertThat(index.canHandle(
                        new Document("country", "vn").append("name", "Hanoi").append("state", "MEMBER")))
                .isTrue();
        assertThat(index.canHandle(new Document("country", "vn").append("state", "MEMBER")))
                .isFalse();
    }

    private Index<Object> indexOfThreeDocuments() {
        var collection = backend.resolveDatabase("test").createCollectionOrThrowIfExists("things");
        collection.insertDocuments(List.of(
                new Document("_id", "a").append("state", "OPEN"),
                new Document("_id", "b").append("state", "OPEN"),
                new Document("_id", "c").append("state", "OPEN")));
        @SuppressWarnings("unchecked")
        var index = (Index<Object>) collection.getIndexes().getFirst();
        return index;
    }
}
