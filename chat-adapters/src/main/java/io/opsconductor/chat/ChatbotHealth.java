package io.opsconductor.chat;

import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.catalogue.KnowledgeSource;
import io.opsconductor.brain.runner.RunnerClient;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.metrics.Health;
import io.opsconductor.kit.store.Database;
import java.util.Optional;

/** What the chatbot needs to be ready. */
final class ChatbotHealth {
    private ChatbotHealth() {}

    static Health of(Database database, Journal journal, KnowledgeSource knowledge, RunnerClient runner) {
        return new Health()
                .dependsOn("store", () -> {
                    database.ping();
                    return "answers";
                })
                .dependsOn("journal", () -> {
                    String broken = journal.broken();
                    if (broken != null) {
                        throw new IllegalStateException(broken);
                    }
                    return "intact";
                })
                .dependsOn("runner", () -> {
                    Optional<Refusal> problem = knowledge.problem();
                    if (problem.isPresent()) {
                        throw new IllegalStateException(problem.get().message());
                    }
                    return runner.uri().toString();
                })
                .dependsOn("catalogue", () -> {
                    Knowledge known = knowledge
                            .current()
                            .orElseThrow(() -> new IllegalStateException("tools and targets were never read"));
                    return known.tools().tools().size() + " tools, "
                            + known.targets().targets().size() + " targets";
                });
    }
}
