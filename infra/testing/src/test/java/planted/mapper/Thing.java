package planted.mapper;

record Thing(String name) {}
