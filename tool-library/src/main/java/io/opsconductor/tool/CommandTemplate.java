package io.opsconductor.tool;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A command template, taken apart when the tool is loaded, so that a value can only ever fill its own place. */
public sealed interface CommandTemplate {
    /**
     * For a program that is run without a shell.
     *
     * @param words one per argument, the program first; quotes are already resolved
     */
    record Arguments(List<Word> words) implements CommandTemplate {
        public Arguments {
            words = List.copyOf(words);
        }
    }

    /**
     * For a POSIX shell. Literal text is sent as it was written; each value is quoted.
     *
     * @param pieces in order; their texts together are the command line
     */
    record ShellLine(List<Piece> pieces) implements CommandTemplate {
        public ShellLine {
            pieces = List.copyOf(pieces);
        }
    }

    /**
     * A template of a method that this version cannot run.
     *
     * @param method which
     */
    record Unsupported(ExecutionMethod method) implements CommandTemplate {}

    /** A piece of a shell line. */
    sealed interface Piece {}

    /** Blanks, line feeds and operators between words. */
    record Between(String text) implements Piece {}

    /** Text that belongs together, without blanks between its parts. */
    record Word(List<Part> parts) implements Piece {
        public Word {
            parts = List.copyOf(parts);
        }

        boolean hasPlaceholder() {
            return parts.stream().anyMatch(Placeholder.class::isInstance);
        }

        /** The literal parts together, as written. */
        String literal() {
            return parts.stream()
                    .map(part -> part instanceof Literal literal ? literal.text() : "")
                    .collect(Collectors.joining());
        }

        Stream<String> placeholders() {
            return parts.stream()
                    .flatMap(part -> part instanceof Placeholder p ? Stream.of(p.parameter()) : Stream.of());
        }
    }

    /** Part of a word. */
    sealed interface Part {}

    /** Fixed text. */
    record Literal(String text) implements Part {}

    /**
     * The place of a parameter's value.
     *
     * @param parameter its name
     * @param offset character of the template's text where it stands, from 0
     */
    record Placeholder(String parameter, int offset) implements Part {}

    /** The words with their parts. */
    private Stream<Word> allWords() {
        return switch (this) {
            case Arguments arguments -> arguments.words().stream();
            case ShellLine line ->
                line.pieces().stream().flatMap(p -> p instanceof Word word ? Stream.of(word) : Stream.of());
            case Unsupported _ -> Stream.of();
        };
    }

    /** Names of the parameters that have a place in it. */
    default Set<String> placeholders() {
        return allWords().flatMap(Word::placeholders).collect(Collectors.toUnmodifiableSet());
    }
}
