package planted.large;

record Two(int number) {}
