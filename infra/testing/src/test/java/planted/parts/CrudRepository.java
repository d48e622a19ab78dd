package planted.parts;

public interface CrudRepository extends Repository {}
