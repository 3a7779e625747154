package io.opsconductor.chat;

import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.catalogue.KnowledgeSource;
import io.opsconductor.brain.catalogue.KnowledgeSources;
import io.opsconductor.brain.runner.RunnerClient;
import io.opsconductor.kit.journal.Checkpointing;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.keys.CertificateTerm;
import io.opsconductor.kit.keys.KeyFiles;
import io.opsconductor.kit.keys.SigningKey;
import io.opsconductor.kit.metrics.Health;
import io.opsconductor.kit.store.Database;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the chatbot needs to be ready. */
final class ChatbotHealth {
    private ChatbotHealth() {}

    static Health of(
            Database database,
            Journal journal,
            Checkpointing checkpointing,
            KnowledgeSources knowledge,
            RunnerClient runner,
            Path certificate,
            KeyFiles<?> tls,
            SigningKey signing,
            InstantSource clock) {
        return new Health()
                .dependsOn("store", () -> {
                    database.ping();
                    return "answers";
                })
                .dependsOn("journal", () -> {
                    String broken = journal.broken();
                    if (broken != null) {
                        throw new IllegalStateException(broken + ". Nothing is taken, decided or sent until then");
                    }
                    String unsigned = checkpointing.problem();
                    return unsigned == null ? "intact" : "intact, but " + unsigned;
                })
                .dependsOn("tls", () -> CertificateTerm.of(certificate).described(clock.instant(), tls.problem()))
                .warns(() -> CertificateTerm.of(certificate).warning("chatbot", clock.instant()))
                .dependsOn("signing_key", () -> {
                    String id = signing.get().keyId();
                    return signing.problem() == null ? id : id + ", as last read well; now " + signing.problem();
                })
                .dependsOn("runner", () -> {
                    Optional<Refusal> problem = knowledge.problem();
                    if (problem.isPresent()) {
                        throw new IllegalStateException(problem.get().message());
                    }
                    return runner.uri().toString();
                })
                .dependsOn("catalogue", () -> {
                    // Without names: whoever may look at the health need not know whose chatbot it is.
                    return knowledge.all().stream().map(ChatbotHealth::known).collect(Collectors.joining(" | "));
                });
    }

    private static String known(KnowledgeSource source) {
        Knowledge known =
                source.current().orElseThrow(() -> new IllegalStateException("tools and targets were never read"));
        return known.tools().tools().size() + " tools, "
                + known.targets().targets().size() + " targets";
    }
}
