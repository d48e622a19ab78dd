package planted.hidden;

import planted.parts.RestController;

@RestController
public final class OpenController {}
