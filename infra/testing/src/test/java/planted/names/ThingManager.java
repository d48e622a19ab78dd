package planted.names;

final class ThingManager {}
