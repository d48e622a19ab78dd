package planted.large;

record Ten(int number) {}
