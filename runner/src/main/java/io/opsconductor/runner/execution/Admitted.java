package io.opsconductor.runner.execution;

import io.opsconductor.runner.audit.Refusal;
import io.opsconductor.runner.store.StoredExecution;

/** What came of a request to execute. */
public sealed interface Admitted {
    /** It was used up now and is running. */
    record Started(StoredExecution execution) implements Admitted {}

    /** The same request was accepted before; nothing was started now. */
    record Repeated(StoredExecution execution) implements Admitted {}

    /** It is not executed. */
    record Refused(Refusal refusal) implements Admitted {}
}
