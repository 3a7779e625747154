package io.opsconductor.runner.trail;

import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.plan.Preview;
import java.util.List;
import java.util.Optional;

/**
 * The chain of custody of one execution.
 *
 * @param execution its id
 * @param digest of what was approved
 * @param preview what was approved, as the runner kept it; empty when its store is not here
 * @param message what was said that led to it; empty when the chatbot's store is not here, or nothing was said
 * @param entries of both journals, each journal's in its order, together by their clocks
 * @param both whether the chatbot's journal is here, so that what it does not have was not recorded
 * @param proofs what was looked at again
 */
public record Trail(
        String execution,
        String digest,
        Optional<Preview> preview,
        Optional<String> message,
        List<JournalEntry> entries,
        boolean both,
        List<Proof> proofs) {
    public Trail {
        entries = List.copyOf(entries);
        proofs = List.copyOf(proofs);
    }

    public boolean holds() {
        return proofs.stream().allMatch(Proof::holds);
    }
}
