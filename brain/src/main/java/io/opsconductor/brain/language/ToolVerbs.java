package io.opsconductor.brain.language;

import io.opsconductor.tool.CatalogueEntry;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a tool's verbs stand; all are stems.
 *
 * @param name the words of its name
 * @param openings the first words of its examples
 * @param often those of them that more than one example has, or all where there are few examples
 * @param firsts the very first word of each
 * @param own the words that the description and examples begin with, and that are names neither of things nor of tools that only look
 */
public record ToolVerbs(
        List<String> name, List<String> openings, List<String> often, List<String> firsts, List<String> own) {
    static final ToolVerbs NONE = new ToolVerbs(List.of(), List.of(), List.of(), List.of(), List.of());

    private static final int OPENING = 3;
    /** So few examples say no verb twice. */
    private static final int FEW = 8;

    public ToolVerbs {
        name = List.copyOf(name);
        openings = List.copyOf(openings);
        often = List.copyOf(often);
        firsts = List.copyOf(firsts);
        own = List.copyOf(own);
    }

    /** @param looked stems of what tools that only look are called by: "process 3021 on web-01" begins with a thing, and not with an order */
    static ToolVerbs of(CatalogueEntry tool, Set<String> looked, Language language) {
        List<List<Word>> examples = tool.examples().stream()
                .map(example -> Words.of(example, language))
                .toList();
        List<List<String>> beginnings = examples.stream()
                .map(words ->
                        words.stream().limit(OPENING).map(Word::stem).distinct().toList())
                .toList();
        List<String> openings =
                beginnings.stream().flatMap(List::stream).distinct().toList();
        List<String> own = Stream.concat(Stream.of(Words.of(tool.description(), language)), examples.stream())
                .flatMap(words -> words.stream()
                        .filter(word -> !language.isFiller(word.lower()))
                        .limit(1))
                .filter(word -> word.isLetters() && !language.isService(word.lower()))
                .filter(word -> !language.is("read-cue", word.term()))
                .map(Word::stem)
                .filter(stem -> !looked.contains(stem))
                .distinct()
                .toList();
        return new ToolVerbs(
                Words.of(tool.name().replace('_', ' '), language).stream()
                        .map(Word::stem)
                        .toList(),
                openings,
                openings.stream()
                        .filter(stem -> examples.size() <= FEW
                                || beginnings.stream()
                                                .filter(words -> words.contains(stem))
                                                .count()
                                        > 1)
                        .toList(),
                examples.stream()
                        .flatMap(words -> words.stream().limit(1).map(Word::stem))
                        .distinct()
                        .toList(),
                own);
    }
}
