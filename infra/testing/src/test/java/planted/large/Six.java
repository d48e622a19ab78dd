package planted.large;

record Six(int number) {}
