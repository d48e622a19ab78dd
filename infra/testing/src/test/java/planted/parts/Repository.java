package planted.parts;

public interface Repository {}
