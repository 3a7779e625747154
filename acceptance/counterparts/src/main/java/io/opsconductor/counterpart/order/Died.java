package io.opsconductor.counterpart.order;

/** The process died; what it was doing is never gone on with. */
public final class Died extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Died() {
        super("the process died");
    }
}
