package planted.unmarked;

final class Unmarked {}
