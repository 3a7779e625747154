package io.opsconductor.runner.step;

import io.opsconductor.runner.inventory.Target;

/** Looks at targets of one kind. A method that gains an executor gains a probe here. */
public sealed interface Probe extends AutoCloseable permits SshProbe, WinRmProbe, HttpProbe, DatabaseProbe, PortProbe {
    /** The execution method by which it looks. */
    String way();

    /** Looks at a target, on the calling thread. */
    Condition look(Target target);

    @Override
    void close();
}
