package io.opsconductor.runner.trail;

import io.opsconductor.json.Digest;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.journal.JournalVerification;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.attestation.ApprovalKeys;
import io.opsconductor.runner.store.ExecutionKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts a trail together from what a home holds. */
public final class TrailReader {
    private final HomeFiles files;
    private final Function<Optional<Tenant>, ApprovalKeys> keys;
    private final Whose whose;

    /**
     * A reader of one home.
     *
     * @param keys those whose signatures count for a tenant
     * @param whose executions are looked for
     */
    public TrailReader(HomeFiles files, Function<Optional<Tenant>, ApprovalKeys> keys, Whose whose) {
        this.files = files;
        this.keys = keys;
        this.whose = whose;
    }

    /** The trail of an execution; empty when neither journal knows it. */
    public Optional<Trail> of(String execution) throws IOException {
        Optional<JournalEntry> about = about(execution);
        if (about.isEmpty()) {
            return Optional.empty();
        }
        String digest = about.get().digest();
        List<Proof> proofs = new ArrayList<>();
        Map<String, List<JournalEntry>> chains = new HashMap<>();
        for (String process : files.present()) {
            chains.put(process, chain(process, execution, about.get(), proofs));
        }
        List<JournalEntry> chatbot = chains.getOrDefault("chatbot", List.of());
        List<JournalEntry> runner = chains.getOrDefault("runner", List.of());
        Optional<String> kept = kept(digest, runner, proofs);
        kept.ifPresent(text -> proofs.add(
                0,
                new Proof(
                        Digest.ofCanonical(Json.tree(text)).equals(digest),
                        "the commands here have the digest that was approved")));
        Optional<Preview> preview = kept.map(text -> Json.read(text, Preview.class));
        proofs.addAll(Signatures.of(runner, preview, keys.apply(Whose.of(about.get()))));
        sameDigest(chatbot, runner).ifPresent(proofs::add);
        Optional<String> message = said(chatbot, proofs);
        return Optional.of(new Trail(
                execution, digest, preview, message, merged(chatbot, runner), chains.containsKey("chatbot"), proofs));
    }

    /** The preview as the runner's store has it, after a look at the outputs there. */
    private Optional<String> kept(String digest, List<JournalEntry> runner, List<Proof> proofs) {
        Optional<Database> store = files.store("runner");
        if (store.isEmpty()) {
            return Optional.empty();
        }
        try (Database database = store.get()) {
            // By the digest, which is one tenant's alone; an execution's id may be another tenant's as well.
            record Kept(ExecutionKey key, String preview) {}
            Optional<Kept> kept = database.one(
                    "select tenant, public_id, preview from execution where digest = ?",
                    row -> new Kept(
                            new ExecutionKey(
                                    Tenant.of(Rows.text(row, "tenant")).orElse(Tenant.DEFAULT),
                                    Rows.text(row, "public_id")),
                            Rows.text(row, "preview")),
                    digest);
            kept.ifPresent(one -> proofs.addAll(Outputs.of(one.key(), database, files.outputs(), runner)));
            return kept.map(Kept::preview);
        }
    }

    /** What was said, as the chatbot's store has it. */
    private Optional<String> said(List<JournalEntry> chatbot, List<Proof> proofs) {
        Optional<JournalEntry> received = chatbot.stream()
                .filter(entry -> entry.type().equals("message_received"))
                .findFirst();
        Optional<Database> store = received.isEmpty() ? Optional.empty() : files.store("chatbot");
        if (store.isEmpty()) {
            return Optional.empty();
        }
        try (Database database = store.get()) {
            Optional<String> text = database.one(
                    "select text from message where id = ?",
                    row -> Rows.text(row, "text"),
                    received.orElseThrow().data().path("message").asText());
            text.ifPresent(said -> proofs.add(new Proof(
                    Digest.of(said)
                            .equals(received.orElseThrow()
                                    .data()
                                    .path("text_digest")
                                    .asText()),
                    "the message's text is the one that the journal has the digest of")));
            return text;
        }
    }

    /** The first entry that names the execution together with its digest. */
    private Optional<JournalEntry> about(String execution) throws IOException {
        for (String process : files.present()) {
            List<JournalEntry> found = new ArrayList<>(1);
            JournalVerification.of(files.journal(process), entry -> {
                if (found.isEmpty()
                        && whose.has(entry)
                        && entry.execution().equals(execution)
                        && !entry.digest().isEmpty()) {
                    found.add(entry);
                }
            });
            if (!found.isEmpty()) {
                return Optional.of(found.getFirst());
            }
        }
        return Optional.empty();
    }

    private List<JournalEntry> chain(String process, String execution, JournalEntry about, List<Proof> proofs)
            throws IOException {
        List<JournalEntry> chain = new ArrayList<>();
        Asking asking = new Asking(about.conversation());
        JournalVerification verification = JournalVerification.of(files.journal(process), entry -> {
            // Another tenant may have the same id, or have tried this one's digest.
            if ((entry.digest().equals(about.digest()) || entry.execution().equals(execution))
                    && Whose.mayBeTogether(entry, about)) {
                if (chain.isEmpty()) {
                    chain.addAll(asking.entries());
                }
                chain.add(entry);
            } else if (chain.isEmpty()) {
                asking.see(entry);
            }
        });
        proofs.add(new Proof(
                verification.intact(),
                verification.intact()
                        ? "the " + process + "'s journal holds from its first line to its last"
                        : "the " + process + "'s journal does not hold: " + verification.sentence()));
        return chain;
    }

    /** The message that led to the plan: the last one of the conversation that was taken for something before it. */
    private static final class Asking {
        private final String conversation;
        private final Map<String, JournalEntry> received = new HashMap<>();
        private @Nullable JournalEntry intent;

        Asking(String conversation) {
            this.conversation = conversation;
        }

        void see(JournalEntry entry) {
            if (!entry.conversation().equals(conversation)) {
                return;
            }
            switch (entry.type()) {
                case "message_received" -> received.put(message(entry), entry);
                case "intent" -> {
                    if (intent != null) {
                        received.remove(message(intent));
                    }
                    intent = entry;
                }
                default -> {}
            }
        }

        List<JournalEntry> entries() {
            List<JournalEntry> entries = new ArrayList<>();
            if (intent != null) {
                Optional.ofNullable(received.get(message(intent))).ifPresent(entries::add);
                entries.add(intent);
            }
            return entries;
        }

        private static String message(JournalEntry entry) {
            return entry.data().path("message").asText();
        }
    }

    private static Optional<Proof> sameDigest(List<JournalEntry> chatbot, List<JournalEntry> runner) {
        Optional<String> requested = digest(chatbot, "execution_requested");
        Optional<String> accepted = digest(runner, "execution_accepted");
        return requested.isPresent() && accepted.isPresent()
                ? Optional.of(
                        new Proof(requested.equals(accepted), "what the chatbot requested is what the runner accepted"))
                : Optional.empty();
    }

    private static Optional<String> digest(List<JournalEntry> chain, String type) {
        return chain.stream()
                .filter(entry -> entry.type().equals(type))
                .map(JournalEntry::digest)
                .findFirst();
    }

    /** Each chain in its own order, which no clock can change; whichever is earlier first. */
    private static List<JournalEntry> merged(List<JournalEntry> one, List<JournalEntry> other) {
        List<JournalEntry> all = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < one.size() || j < other.size()) {
            boolean first = j == other.size()
                    || (i < one.size() && !one.get(i).at().isAfter(other.get(j).at()));
            all.add(first ? one.get(i++) : other.get(j++));
        }
        return all;
    }
}
