package planted.good;

import planted.parts.Repository;

interface Things extends Repository {

    Thing findById(String id);
}
