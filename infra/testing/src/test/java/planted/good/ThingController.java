package planted.good;

import planted.parts.RestController;

@RestController
final class ThingController {}
