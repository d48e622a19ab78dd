package planted.repository;

import planted.parts.CrudRepository;

interface Things extends CrudRepository {}
