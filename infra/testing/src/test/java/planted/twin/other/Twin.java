package planted.twin.other;

/// One of two types of the same name.
final class Twin {}
