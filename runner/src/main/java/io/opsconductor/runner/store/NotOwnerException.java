package io.opsconductor.runner.store;

/** The execution is another process's by now, which took this one for dead: nothing was stored, and nothing more may be started. */
public final class NotOwnerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotOwnerException(Owned owned) {
        super("number " + owned.epoch() + " does not own the execution "
                + owned.key().id() + " any more");
    }
}
