package planted.parts;

public interface DomainEvent {}
