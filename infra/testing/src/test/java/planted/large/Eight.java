package planted.large;

record Eight(int number) {}
