package io.opsconductor.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.execution.ExecutionLog.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutionLogTest {
    private static final int MEBI = 1024 * 1024;

    private final ExecutionLog log = new ExecutionLog();

    private void finished(String target, int chars) {
        TargetResult result = new TargetResult(
                0, "show", target, TargetStatus.SUCCEEDED, 0, "x".repeat(chars), "", false, false, 5, "");
        log.add(seq -> new ExecutionEvent.TargetFinished(seq, Instant.EPOCH, result));
    }

    private List<Entry> all() throws InterruptedException {
        return log.after(0, Duration.ofSeconds(1));
    }

    @Test
    void resultsAreToldFromMemoryWhileTheyAreSmall() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            finished("web-" + i, 500);
        }

        assertThat(all()).hasSize(1_000).allMatch(Entry.Told.class::isInstance);
    }

    @Test
    void theOldestResultsAreLeftInTheStoreWhenTheyAreLarge() throws Exception {
        finished("web-1", MEBI / 2);
        finished("web-2", MEBI / 2);
        finished("web-3", MEBI / 2);
        finished("web-4", 10 * MEBI);
        finished("web-5", 10);

        List<Entry> entries = all();
        assertThat(entries).extracting(Entry::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(entries.subList(0, 4)).allMatch(Entry.InStore.class::isInstance);
        assertThat(entries.get(4)).isInstanceOf(Entry.Told.class);
    }
}
