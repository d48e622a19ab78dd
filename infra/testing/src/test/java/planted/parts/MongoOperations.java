package planted.parts;

public interface MongoOperations {

    void save(Object document);

    Object findById(String id);
}
