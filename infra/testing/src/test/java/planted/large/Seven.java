package planted.large;

record Seven(int number) {}
