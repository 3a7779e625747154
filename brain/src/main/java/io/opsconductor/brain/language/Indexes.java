package io.opsconductor.brain.language;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.intent.Entity;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the stages look things up in, made once per version of the catalogue and of the target directory. Thread-safe;
 * one instance serves all three stages.
 */
public final class Indexes {
    private final Language language;
    private final AtomicReference<Index> latest = new AtomicReference<>();

    public Indexes(Language language) {
        this.language = language;
    }

    /** The indexes over one snapshot. */
    public record Index(
            String toolsVersion,
            String targetsVersion,
            ToolIndex tools,
            TargetIndex targets,
            Spelling spelling,
            Language language,
            Readings readings) {
        /** Reads a text on this snapshot, in the language that it is written in. */
        public Reading read(String text) {
            return read(text, Language.ENGLISH);
        }

        /**
         * Reads a text on this snapshot.
         *
         * @param otherwise its language, where its own words do not say it
         */
        public Reading read(String text, String otherwise) {
            return readings.of(
                    text, otherwise, () -> Reading.of(text, language.of(text, otherwise), targets, spelling, language));
        }

        /** Whether every host that a tool's example names is one of the inventory, and only one. */
        public boolean isAtHome(String example) {
            return readings.example(
                    example,
                    () -> read(example).entities().stream()
                            .noneMatch(entity -> entity instanceof Entity.UnknownTarget
                                    || entity instanceof Entity.AmbiguousTarget));
        }

        /** Whether {@code entity} names targets, clearly or not. */
        public static boolean isTarget(Entity entity) {
            return entity instanceof Entity.Targets
                    || entity instanceof Entity.AmbiguousTarget
                    || entity instanceof Entity.UnknownTarget;
        }
    }

    /** The indexes over {@code knowledge}; two threads may build the same one, which is harmless. */
    public Index of(Knowledge knowledge) {
        Index known = latest.get();
        boolean sameTools =
                known != null && known.toolsVersion.equals(knowledge.tools().version());
        boolean sameTargets =
                known != null && known.targetsVersion.equals(knowledge.targets().version());
        if (known != null && sameTools && sameTargets) {
            return known;
        }
        ToolIndex tools = known != null && sameTools
                ? known.tools
                : new ToolIndex(knowledge.tools().tools(), language);
        Index index = new Index(
                knowledge.tools().version(),
                knowledge.targets().version(),
                tools,
                known != null && sameTargets ? known.targets : new TargetIndex(knowledge.targets(), language),
                known != null && sameTools ? known.spelling : new Spelling(tools.words(), language),
                language,
                new Readings());
        latest.set(index);
        return index;
    }

    /** The language the words are read in. */
    public Language language() {
        return language;
    }
}
