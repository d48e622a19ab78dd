package planted.large;

record Three(int number) {}
