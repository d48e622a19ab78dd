package planted.large;

record Four(int number) {}
