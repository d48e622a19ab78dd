package planted.large;

record Five(int number) {}
