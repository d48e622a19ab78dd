package planted.large;

record Eleven(int number) {}
