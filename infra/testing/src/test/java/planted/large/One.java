package planted.large;

record One(int number) {}
