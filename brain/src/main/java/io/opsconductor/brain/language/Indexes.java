package io.opsconductor.brain.language;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.intent.Entity;
import io.opsconductor.tool.CatalogueEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the stages look things up in, made once per version of the catalogue and of the target directory. Thread-safe;
 * one instance serves all three stages.
 */
public final class Indexes {
    private final Language language;
    /** The latest used; it guards itself. */
    private final Map<Versions, Index> kept;

    private record Versions(String tools, String targets) {}

    /** Indexes over one catalogue at a time. */
    public Indexes(Language language) {
        this(language, 1);
    }

    /** @param most how many catalogues are asked about in turn: one for each tenant */
    public Indexes(Language language, int most) {
        this.language = language;
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Versions, Index> eldest) {
                return size() > most;
            }
        };
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

        /**
         * The command that a text is, typed as in a terminal; empty when any of it is not understood, or when it says no place and may be
         * words as well.
         */
        public Optional<TypedCommand> typed(String text, String otherwise) {
            return readings.typed(
                    text,
                    otherwise,
                    () -> tools.typed()
                            .in(text, otherwise, this)
                            .filter(command -> command.isComplete()
                                    || Hostile.in(read(text, otherwise), targets, language)
                                            .isPresent()));
        }

        /** Whether every host that a tool's example names is one of the inventory, and only one. */
        public boolean isAtHome(String example) {
            return readings.example(
                    example,
                    () -> read(example).entities().stream()
                            .noneMatch(entity -> entity instanceof Entity.UnknownTarget
                                    || entity instanceof Entity.AmbiguousTarget));
        }

        /**
         * "the mac address-table on leaf-12": of words that tools are described with, and not where a machine would stand, where one
         * that is known does.
         */
        public boolean isThing(Entity.UnknownTarget unknown, Reading reading) {
            List<Mention> mentions = reading.mentions();
            boolean placed = mentions.stream()
                    .anyMatch(mention -> mention.entities().stream().allMatch(Entity.Targets.class::isInstance));
            return placed
                    && unknown.nearest().isEmpty()
                    && mentions.stream()
                            .filter(mention -> mention.entities().contains(unknown))
                            .allMatch(mention -> isThing(mention, reading));
        }

        private boolean isThing(Mention mention, Reading reading) {
            Word word = reading.words().get(mention.from());
            Word before = mention.from() == 0 ? null : reading.words().get(mention.from() - 1);
            boolean placed = before != null
                    && (!before.isWord()
                            || language.is("and", before.lower())
                            || language.is("host-preposition", before.lower()));
            boolean goesOn = mention.to() < reading.words().size()
                    && (reading.words().get(mention.to()).isMark(",")
                            || language.is(
                                    "and", reading.words().get(mention.to()).lower()));
            List<String> parts = List.of(word.lower().split("-", -1));
            return !placed
                    && !goesOn
                    && parts.size() > 1
                    && parts.stream()
                            .map(word::readAs)
                            .allMatch(part -> spelling.knows(part) || language.isOrdinary(part));
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
        Versions versions =
                new Versions(knowledge.tools().version(), knowledge.targets().version());
        Index known;
        Optional<Index> sameTools;
        Optional<Index> sameTargets;
        synchronized (kept) {
            known = kept.get(versions);
            sameTools = kept.values().stream()
                    .filter(index -> index.toolsVersion.equals(versions.tools()))
                    .findFirst();
            sameTargets = kept.values().stream()
                    .filter(index -> index.targetsVersion.equals(versions.targets()))
                    .findFirst();
        }
        if (known != null) {
            return known;
        }
        List<CatalogueEntry> reachable = knowledge.reachable();
        Optional<Index> sameReach =
                sameTools.filter(index -> index.tools().all().equals(reachable));
        ToolIndex tools = sameReach.map(Index::tools).orElseGet(() -> new ToolIndex(reachable, language));
        Index index = new Index(
                knowledge.tools().version(),
                knowledge.targets().version(),
                tools,
                sameTargets.map(Index::targets).orElseGet(() -> new TargetIndex(knowledge.targets(), language)),
                sameReach.map(Index::spelling).orElseGet(() -> new Spelling(tools.words(), language)),
                language,
                new Readings());
        synchronized (kept) {
            kept.put(versions, index);
        }
        return index;
    }

    /** The language the words are read in. */
    public Language language() {
        return language;
    }
}
