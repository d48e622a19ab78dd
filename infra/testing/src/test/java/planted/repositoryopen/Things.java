package planted.repositoryopen;

import planted.parts.Repository;

public interface Things extends Repository {}
