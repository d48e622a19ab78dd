package planted.large;

record Nine(int number) {}
