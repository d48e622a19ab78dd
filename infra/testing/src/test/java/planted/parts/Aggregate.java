package planted.parts;

public abstract class Aggregate {

    private long sequence;

    protected void raise(DomainEvent event) {
        sequence++;
    }

    public long sequence() {
        return sequence;
    }
}
