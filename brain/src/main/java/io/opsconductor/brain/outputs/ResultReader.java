package io.opsconductor.brain.outputs;

import io.helidon.dbclient.DbExecute;
import io.opsconductor.brain.catalogue.KnowledgeSources;
import io.opsconductor.brain.conversation.ThreadMemory;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.Tenant;
import io.opsconductor.tool.Catalogue;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads results with the tools as they are known now, and keeps what later messages of the thread may go on from. */
public final class ResultReader {
    private static final Logger LOG = LoggerFactory.getLogger(ResultReader.class);
    private static final Catalogue NO_TOOLS = new Catalogue("", List.of());

    private final KnowledgeSources knowledge;
    private final ThreadMemory memory;
    private final OutputReader reader = new OutputReader();

    public ResultReader(KnowledgeSources knowledge, ThreadMemory memory) {
        this.knowledge = knowledge;
        this.memory = memory;
    }

    /** Reads a result. It is told in any case: when reading fails, it is told without a reading. */
    public ResultReading read(Tenant tenant, List<Step> steps, List<TargetResult> results) {
        Catalogue tools =
                knowledge.of(tenant).current().map(known -> known.tools()).orElse(NO_TOOLS);
        try {
            return reader.read(steps, results, tools);
        } catch (RuntimeException e) {
            LOG.error("a result is told without a reading of its outputs", e);
            return reader.read(steps, List.of(), NO_TOOLS);
        }
    }

    /** Keeps it in place of what an earlier execution of the thread left. */
    public void keep(DbExecute tx, String conversation, ResultReading reading) {
        memory.keepResult(tx, conversation, reading.remembered());
    }
}
