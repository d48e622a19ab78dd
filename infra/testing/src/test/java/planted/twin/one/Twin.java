package planted.twin.one;

/// One of two types of the same name.
final class Twin {}
